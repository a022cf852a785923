// First light: the published Ganzi inputs in workbooks → account → Word report → a printed figure's code → its workbook
// cell → `account verify` on a second copy gives the same digits. Driven through the command as a person would.

import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from './command.ts'

const home = mkdtempSync(join(tmpdir(), 'qingshan-first-light-'))
const data = join(home, 'ganzi')
const out = join(home, 'report')
const pack = join(out, 'account.zip')
let printed = ''

beforeAll(async () => {
  await run(['sample', 'ganzi', data])
  printed = (await run(['account', 'run', data, '--out', out])).out
})
afterAll(() => rmSync(home, { recursive: true }))

describe('from workbooks to a report', () => {
  test('the run prints the account table with the published total', () => {
    expect(printed).toContain('甘孜')
    expect(printed).toMatch(/GEP\s+7545\.59\d\d\s+7545\.59\d\d\s+[0-9A-Z]{4}-[0-9A-Z]{4}-./)
  })

  test('report, workbook, passports and package are there, in Chinese and English', () => {
    for (const f of ['index.html', 'report.en.html', '核算报告.docx', 'report.en.docx', '核算表.xlsx', 'passports.html', 'passports.en.html', 'account.zip'])
      expect(existsSync(join(out, f)), f).toBe(true)
  })
})

describe('from a printed figure to its cell', () => {
  const codeIn = (file: string, part: string): string => {
    const xml = new TextDecoder().decode(unzipSync(readFileSync(join(out, file)))[part])
    const text = xml.replace(/<[^>]+>/g, ' ')
    return /[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-Z*~$=]/.exec(text)![0]
  }

  test('a code printed in the Word report opens', async () => {
    const why = await run(['account', 'why', pack, codeIn('核算报告.docx', 'word/document.xml')])
    expect(why.code).toBe(0)
    expect(why.out).toContain('数字一致')
  })

  test('the code of the water line of grassland leads to workbook, sheet and cell', async () => {
    const json = JSON.parse(readFileSync(join(out, 'account.json'), 'utf8').toString() || '{}') as never
    void json
    const lines = new TextDecoder().decode(unzipSync(readFileSync(pack))['results/lines.csv']).split('\n')
    const row = lines.find((l) => l.includes('grass') && l.includes('R1.reported'))!.split(',')
    const code = row.find((c) => /^[0-9A-Z]{4}-[0-9A-Z]{4}-/.test(c))!
    const why = await run(['account', 'why', pack, code.toLowerCase().replaceAll('-', ' ')])
    expect(why.out).toContain('2 实物量.xlsx › 水源涵养 › B5')
    expect(why.out).toContain('反算'.length > 0 ? 'back-solved' : '')
  })

  test('a mistyped code is refused with what to do', async () => {
    const why = await run(['account', 'why', pack, 'K7M2-9T4X-9'])
    expect(why.code).toBe(1)
    expect(why.out).toContain('account.no-such-code')
    expect(why.out).toContain('校验位')
  })
})

describe('verify', () => {
  test('a second copy gives the same digits', async () => {
    const copy = join(home, 'copy.zip')
    copyFileSync(pack, copy)
    const verified = await run(['account', 'verify', copy])
    expect(verified.out).toContain('✓ 一致')
    expect(verified.code).toBe(0)
  })

  test('running again gives the same package, byte for byte but for the report', async () => {
    const again = join(home, 'again')
    await run(['account', 'run', data, '--out', again])
    const [a, b] = [unzipSync(readFileSync(pack)), unzipSync(readFileSync(join(again, 'account.zip')))]
    for (const name of Object.keys(a).filter((n) => !n.startsWith('report/'))) expect(Buffer.compare(a[name]!, b[name]!), name).toBe(0)
  })

  test('one changed byte in an input is found', async () => {
    const files = unzipSync(readFileSync(pack))
    const name = Object.keys(files).find((n) => n.endsWith('价格.xlsx'))!
    files[name]![100]! ^= 1
    const bad = join(home, 'bad.zip')
    writeFileSync(bad, zipSync(files))
    const verified = await run(['account', 'verify', bad])
    expect(verified.code).toBe(1)
    expect(verified.out).toContain('package.damaged')
    expect(verified.out).toContain('价格.xlsx')
  })

  test('a result changed together with its hashes is still found by the re-run', async () => {
    const files = unzipSync(readFileSync(pack))
    const { tampered } = await import('./tamper.ts')
    const bad = join(home, 'tampered.zip')
    writeFileSync(bad, zipSync(tampered(files, 'results/lines.csv', (s) => s.replace(/\d{6,}/, '999999999'))))
    const verified = await run(['account', 'verify', bad])
    expect(verified.code).toBe(1)
    expect(verified.out).toContain('package.differs')
    expect(verified.out).toContain('results/lines.csv')
  })

  test('a package of hashes is verified against the folder of its inputs', async () => {
    const light = join(home, 'light')
    await run(['account', 'run', data, '--out', light, '--hashes-only'])
    const alone = await run(['account', 'verify', join(light, 'account.zip')])
    expect(alone.out).toContain('package.needs-inputs')
    const verified = await run(['account', 'verify', join(light, 'account.zip'), '--inputs', data])
    expect(verified.out).toContain('✓ 一致')
  })
})
