// The effect of a changed parameter told from the recipes is the one a whole run gives.

import { afterAll, describe, expect, test } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { smallFolder, smallPackage } from '../../../../test/office.fixture.ts'
import { decText } from '../../../kernel/index.ts'
import { runAccount } from '../run.ts'
import type { ParameterOverride } from '../input-list.ts'
import { overrideEffect } from './override-effect.ts'
import { storedPackages, type StoredPackage } from './stored-package.ts'

const home = mkdtempSync(join(tmpdir(), 'qs-effect-'))
afterAll(() => rmSync(home, { recursive: true }))
const given = smallFolder(home)
const bytes = smallPackage(given)

async function opened(): Promise<StoredPackage> {
  const pack = await storedPackages(() => Promise.resolve(bytes))('x')
  if (!('account' in pack)) throw new Error(pack.map((p) => p.en).join())
  return pack
}

const change = (parameter: string, key: string | undefined, value: string, unit: string): ParameterOverride => ({
  parameter,
  ...(key === undefined ? {} : { key }),
  value,
  unit,
  reason: '实测',
  approver: '—',
  mark: 'confirmed',
})

describe('the effect of a changed parameter', () => {
  test.each([
    change('gep.r2.bulk-density', 'ganzi-2010', '1.27', 't/m3'),
    change('gep.r2.silting-share', undefined, '0.3', '1'),
    change('gep.r9.epp', 'forest', '2500', 'kJ/(m2·d)'),
    change('gep.r3.sand-depth', undefined, '0.2', 'm'),
  ])('of $parameter is that of a run', async (wanted) => {
    const pack = await opened()
    const { figures, text } = overrideEffect(pack, wanted)
    const list = { ...given.list, overrides: [wanted] }
    const { account } = runAccount({ folder: given.folder, list, book: pack.book, engine: pack.engine })
    const after = new Map(account!.figures.map((f) => [f.code, decText(f.quantity.value)]))
    expect(figures.length).toBeGreaterThan(2)
    for (const f of figures) expect(f.after, f.title.zh).toBe(after.get(f.code))
    expect(figures.some((f) => f.before !== f.after)).toBe(true)
    expect(text.zh).toContain('重算2010 年核算')
  })

  test('that nothing rests on is none, and is said so', async () => {
    const effect = overrideEffect(await opened(), change('gep.r1.runoff-coefficient', 'forest', '0.03', '1'))
    expect(effect).toMatchObject({ figures: [], text: { zh: expect.stringContaining('没有一个数变动') as string } })
  })
})
