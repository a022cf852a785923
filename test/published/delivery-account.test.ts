// From a delivery model to an account: the maps the commands write are listed as inputs, and the counties get the amounts
// of the peer. Which form made a map is part of what the list says, and a form without a map is lacking, not replaced.

import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadRuleBook, type RuleBook } from '../../src/core/rules/index.ts'
import { convert } from '../../src/kernel/index.ts'
import { parseListText } from '../../src/domains/accounting/inputs/index.ts'
import { indexFigures, quantityKey } from '../../src/domains/accounting/figure-key.ts'
import type { Account } from '../../src/domains/accounting/model.ts'
import { runAccount } from '../../src/domains/accounting/run.ts'
import { expectedModel } from '../../src/raster/terrain/oracle.fixture.ts'
import { run as command } from '../stories/command.ts'
import { oracleFolder } from './oracle-small.fixture.ts'

const FIXTURE = 'test/fixtures/oracle-small'
const folder = oracleFolder()
let book: RuleBook

/** The list of the small region with the delivery maps of one form, both methods asked for in the form named. */
function accountWith(form: string, said = 'item: { name: invest-3.20.1 }, '): ReturnType<typeof runAccount> {
  const map = (argument: string, file: string, unit: string) =>
    `  - { argument: ${argument}, file: ${file}, column: band 1, ${said}unit: ${unit} }\n`
  const yaml =
    readFileSync(`${FIXTURE}/account.yaml`, 'utf8')
      .replace('R2: [R2.rusle.map]', 'R2: [R2.avoided-export.map]\n  R7: [R7.ndr.map]')
      .replace(/ {2}R2\.rusle\.\w+: .*\n/g, '')
      .replace(
        'choices:\n',
        `choices:\n  R2.avoided-export.form: ${form}\n  R2.avoided-export.soilRecord: ganzi-2010\n  R7.ndr.form: ${form}\n`,
      ) +
    map('sediment-export-avoided', 'avoided-export.tif', 't/(hm2·a)') +
    map('nitrogen-load-retained', 'n/retained.tif', 'kg/(hm2·a)') +
    map('phosphorus-load-retained', 'p/retained.tif', 'kg/(hm2·a)')
  const { list, problems } = parseListText(yaml, 'account.yaml')
  if (!list) throw new Error(problems.map((p) => `${p.code} ${p.en}`).join('\n'))
  return runAccount({ folder, list, book, engine: 'test' })
}

beforeAll(async () => {
  book = (await loadRuleBook('rules')).book
  const inputs = `${FIXTURE}/inputs/`
  const common = ['dem.tif', 'lulc.tif', 'biophysical.csv', 'counties.gpkg'].flatMap((file, i) => [
    ['--dem', '--landcover', '--table', '--zones'][i]!,
    inputs + file,
  ])
  const run = async (...words: string[]): Promise<void> => {
    const ran = await command(['raster', ...words, ...common, '--id', 'ws_id'])
    expect(ran.code, ran.out).toBe(0)
  }
  const soil = ['--erosivity', `${inputs}r.tif`, '--erodibility', `${inputs}k.tif`]
  await run('sediment', ...soil, '--rasters', folder, '--bands', 'avoided-export')
  for (const nutrient of ['n', 'p'])
    await run(
      ...['nutrients', '--runoff', `${inputs}precip.tif`, '--nutrient', nutrient],
      ...['--rasters', join(folder, nutrient), '--bands', 'retained'],
    )
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('an account over the maps of a delivery model', () => {
  let account: Account
  beforeAll(() => {
    const { account: made, problems } = accountWith('invest-3.20.1')
    expect(problems.filter((p) => p.severity === 'red')).toEqual([])
    account = made!
  })
  const tonnes = (region: string, service: string, item: string): number =>
    convert(indexFigures(account).find(quantityKey(region, '*', service, item))!.quantity, 't').value.toNumber()

  it('has the avoided export of the peer in every county, to 1e-6', () => {
    for (const zone of expectedModel('sdr_D8').zones['watershed_results_sdr.shp']!) {
      const mine = tonnes(String(zone['ws_id']), 'R2', 'retained')
      expect(Math.abs(mine / zone['avoid_exp']! - 1), `county ${zone['ws_id']}`).toBeLessThan(1e-6)
    }
  })

  it('has tonnes of nitrogen and phosphorus, less than their loads', () => {
    const load = expectedModel('ndr_D8').zones['watershed_results_ndr.gpkg']!.map((z) => z['n_surface_load']!)
    const [n, p] = [tonnes('SMALL', 'R7', 'TN'), tonnes('SMALL', 'R7', 'TP')]
    expect(n).toBeCloseTo(11.13047, 4)
    expect(n).toBeLessThan(load.reduce((a, b) => a + b) / 1000)
    expect(p).toBeGreaterThan(0)
    expect(p).toBeLessThan(n)
  })

  it('turns what reaches no channel into silt by its density alone', () => {
    const silt = indexFigures(account).find(quantityKey('SMALL', '*', 'R2', 'sediment'))!.quantity
    expect(convert(silt, 'm3').value.toNumber()).toBeCloseTo(tonnes('SMALL', 'R2', 'retained') / 0.93, 3)
  })

  it('says which form was used, and says that its reading of silt is unconfirmed', () => {
    const said = JSON.stringify(account.methods)
    expect(said).toContain('invest-3.20.1')
    expect(book.rules.find((r) => r.id === 'gep.r2.avoided-silt')!.mark).toBe('unconfirmed')
  })

  it('lacks the amount where the form asked for has no map, and takes no other', () => {
    const { account: other } = accountWith('documented')
    const lines = other!.lines.filter((l) => l.service === 'R2')
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.every((l) => l.state === 'missing')).toBe(true)
  })

  it('refuses a map that does not say which form made it', () => {
    expect(() => accountWith('documented', '')).toThrow(/list\.needs-dimension .*sediment-export-avoided/)
  })
})
