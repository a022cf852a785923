// The command as a person types it: sample, run, why; problems with what to do, and the exit code.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readWorkbook } from '../core/exchange-formats/index.ts'
import { addVepCommand } from './vep-command.ts'

const root = mkdtempSync(join(tmpdir(), 'vep-command-'))
const folder = join(root, 'sample')
const out = join(root, 'out')
let first = ''

async function type(...args: readonly string[]): Promise<{ readonly text: string; readonly exit: number }> {
  const lines: string[] = []
  const program = new Command()
  addVepCommand(program, { rulesDir: 'rules', engine: 'test', out: (s) => lines.push(s) })
  process.exitCode = 0
  await program.parseAsync(['vep', ...args], { from: 'user' })
  const exit = Number(process.exitCode)
  process.exitCode = 0
  return { text: lines.join('\n'), exit }
}

beforeAll(async () => {
  await type('sample', folder)
  first = (await type('run', folder, '--out', out)).text
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

it('values the sample and writes result, reports and register', () => {
  expect(readdirSync(out).sort()).toEqual(
    [
      'G11.xlsx',
      'RIV-01.docx',
      'RIV-01.html',
      'TEA-01.docx',
      'TEA-01.html',
      'VIL-01.docx',
      'VIL-01.html',
      'vep-result.json',
    ].sort(),
  )
  expect(first.match(/万元 \[/g)).toHaveLength(3)
})

it('keeps three units of three kinds in the register workbook', () => {
  const { sheets, problems } = readWorkbook(readFileSync(join(out, 'G11.xlsx')), 'G11.xlsx')
  expect(problems.filter((p) => p.severity === 'red')).toEqual([])
  const ids = [3, 4, 5].map((row) => sheets[0]?.cell(row, 2)?.text)
  expect(ids).toEqual(['TEA-01', 'RIV-01', 'VIL-01'])
  expect(new Set([3, 4, 5].map((row) => sheets[0]?.cell(row, 4)?.text)).size).toBe(3)
})

it('opens a printed code down to its cell, from the folder or the file', async () => {
  const code = /\[(\S+)\]/.exec(first)![1]!
  for (const path of [out, join(out, 'vep-result.json')]) {
    const { text, exit } = await type('why', path, code)
    expect(exit).toBe(0)
    expect(text).toContain('收支与案例.xlsx › 收支 › E2')
  }
})

it('tells problems with what to do and exits with 1', async () => {
  expect((await type('why', out, 'XXXX')).text).toContain('请核对编码')
  expect((await type('why', root, 'XXXX')).exit).toBe(1)
  expect((await type('run', root, '--out', join(root, 'no'))).text).toContain('vep.yaml')
  expect(readdirSync(root)).not.toContain('no')
})

it('values the others and exits with 1 where one unit is refused', async () => {
  const list = join(folder, 'vep.yaml')
  const text = readFileSync(list, 'utf8')
  writeFileSync(list, text.replace('    school: project-gep\n', ''))
  const refused = await type('run', folder, '--out', join(root, 'partly'))
  writeFileSync(list, text)
  expect(refused.exit).toBe(1)
  expect(refused.text).toMatch(/✗ vep\.yaml:\d+: 单元 RIV-01 没有写明核算口径/)
  expect(readdirSync(join(root, 'partly'))).not.toContain('RIV-01.docx')
  expect(readdirSync(join(root, 'partly'))).toContain('TEA-01.docx')
})
