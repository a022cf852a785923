// First light: the published Ganzi inputs in workbooks → account → Word report → a printed figure's code → its workbook
// cell → `account verify` on a second copy gives the same digits. Driven through the command as a person would.

import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync, zipSync } from 'fflate'
import { beforeAll, describe, expect, test } from 'vitest'
import { run } from './command.ts'
import { storyFolder } from './folders.ts'
import { tampered } from './tamper.ts'

const home = storyFolder('first-light')
const data = join(home, 'ganzi')
const out = join(home, 'report')
const pack = join(out, 'account.zip')
const CODE = /[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-Z*~$=]/
let printed = ''

beforeAll(async () => {
  await run(['sample', 'ganzi', data])
  printed = (await run(['account', 'run', data, '--out', out])).out
})

describe('from workbooks to a report', () => {
  test('the run prints the account table with the published total and its code', () => {
    expect(printed).toContain('甘孜')
    expect(printed).toMatch(new RegExp(`GEP\\s+7545\\.59\\d\\d\\s+7545\\.59\\d\\d\\s+${CODE.source}`))
  })

  test('report, workbook, passports and package are there, in Chinese and English', () => {
    const files = ['index.html', 'report.en.html', '核算报告.docx', 'report.en.docx', '核算表.xlsx']
    for (const f of [...files, 'passports.html', 'passports.en.html', 'account.zip'])
      expect(existsSync(join(out, f)), f).toBe(true)
  })
})

describe('from a printed figure to its cell', () => {
  test('a code printed in the Word report opens', async () => {
    const words = strFromU8(unzipSync(readFileSync(join(out, '核算报告.docx')))['word/document.xml']!)
    const code = CODE.exec(words.replace(/<[^>]+>/g, ' '))![0]
    const why = await run(['account', 'why', pack, code])
    expect(why.code).toBe(0)
    expect(why.out).toContain(`[${code}]`)
    expect(why.out).toContain('数字一致')
  })

  test('the code of the water line of grassland, typed carelessly, leads to workbook, sheet and cell', async () => {
    const lines = strFromU8(unzipSync(readFileSync(pack))['results/lines.csv']!).split('\n')
    const code = CODE.exec(lines.find((l) => l.includes('grass') && l.includes('R1.reported'))!)![0]
    const why = await run(['account', 'why', pack, code.toLowerCase().replaceAll('-', ' ')])
    expect(why.out).toContain('2 实物量.xlsx › 水源涵养 › B5')
    expect(why.out).toContain('〈back-solved〉')
  })

  test('a mistyped code is refused with what to do', async () => {
    const why = await run(['account', 'why', pack, 'K7M2-9T4X-9'])
    expect(why.code).toBe(1)
    expect(why.out).toContain('account.no-such-code')
    expect(why.out).toContain('校验位')
  })
})

describe('verify', () => {
  const forged = (name: string, files: Record<string, Uint8Array>): string => {
    writeFileSync(join(home, name), zipSync(files))
    return join(home, name)
  }

  test('a second copy gives the same digits', async () => {
    const copy = join(home, 'copy.zip')
    copyFileSync(pack, copy)
    const verified = await run(['account', 'verify', copy])
    expect(verified.out).toContain('✓ 一致')
    expect(verified.code).toBe(0)
  })

  test('one changed bit in an input is found', async () => {
    const files = unzipSync(readFileSync(pack))
    files['inputs/5 价格.xlsx']![100]! ^= 1
    const verified = await run(['account', 'verify', forged('bad.zip', files)])
    expect(verified.code).toBe(1)
    expect(verified.out).toContain('package.damaged')
    expect(verified.out).toContain('5 价格.xlsx')
  })

  test('a result changed together with its hashes is still found by the re-run', async () => {
    const files = tampered(unzipSync(readFileSync(pack)), 'results/lines.csv', (s) => s.replace(/\d{6,}/, '999999999'))
    const verified = await run(['account', 'verify', forged('tampered.zip', files)])
    expect(verified.code).toBe(1)
    expect(verified.out).toContain('package.differs')
    expect(verified.out).toContain('results/lines.csv')
  })

  test('a package of hashes is verified against the folder of its inputs and not without it', async () => {
    const light = join(home, 'light')
    await run(['account', 'run', data, '--out', light, '--hashes-only'])
    const alone = await run(['account', 'verify', join(light, 'account.zip')])
    expect(alone.code).toBe(1)
    expect(alone.out).toContain('package.needs-inputs')
    const verified = await run(['account', 'verify', join(light, 'account.zip'), '--inputs', data])
    expect(verified.out).toContain('✓ 一致')
  })
})
