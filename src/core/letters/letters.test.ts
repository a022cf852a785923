// Letters: an office's own Word file is filled as it stands, every missing field is named, nothing in it can run, and a value is
// text whatever it says.

import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Json, Problem } from '../../kernel/index.ts'
import { docxBlocks, readZip, writeZip, type DocxBlock } from '../exchange-formats/index.ts'
import { fillTemplate, letterPage, readTemplate, readValues, type LetterValues, type Template } from './index.ts'
import { fieldsOf } from './tags.ts'

const paragraph = (...runs: readonly string[]): Paragraph =>
  new Paragraph({ children: runs.map((text) => new TextRun({ text })) })

/** A Word file as a program writes it. */
async function word(children: readonly (Paragraph | Table)[]): Promise<Uint8Array> {
  return Uint8Array.from(await Packer.toBuffer(new Document({ sections: [{ children: [...children] }] })))
}
const row = (...cells: readonly string[]): TableRow =>
  new TableRow({ children: cells.map((c) => new TableCell({ children: [paragraph(c)] })) })

const NOTICE = () =>
  word([
    new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun('补偿款发放通知书')] }),
    // Word cuts a word into runs wherever it likes.
    paragraph('{户', '主}：'),
    paragraph('您户应得补偿款人民币{金额|大写}（{金额|千分位} 元）。'),
    new Table({
      rows: [row('地块', '面积（亩）'), row('{#地块}{编号}', '{面积}{/地块}')],
    }),
    paragraph('{^附件}无附件。{/附件}{#附件}附件：{名称}。{/附件}'),
    paragraph('{日期|日期}　{日期|中文日期}'),
  ])
const VALUES = {
  户主: '张三',
  金额: '16409.02',
  地块: [
    { 编号: 'A-1', 面积: '12.5' },
    { 编号: 'A-2', 面积: '3' },
  ],
  附件: false,
  日期: '2026-03-02',
} as const

const textOf = (blocks: readonly DocxBlock[]): string =>
  blocks
    .map((b) =>
      b.kind === 'table'
        ? b.rows.map((r) => r.map((c) => textOf(c)).join('|')).join('\n')
        : b.runs.map((r) => r.text).join(''),
    )
    .join('\n')
const codesOf = (found: object): readonly string[] =>
  Array.isArray(found) ? (found as readonly Problem[]).map((p) => p.code) : []
const must = (found: Template | readonly Problem[]): Template => {
  if (!('parts' in found)) throw new Error(found.map((p) => p.en).join('; '))
  return found
}
const letter = async (template: Template, values: LetterValues): Promise<Uint8Array> => {
  const found = await fillTemplate(template, values)
  if (!('docx' in found)) throw new Error(found.map((p) => p.en).join('; '))
  return found.docx
}

describe('a template', () => {
  let bytes: Uint8Array
  let template: Template
  beforeAll(async () => {
    bytes = await NOTICE()
    template = must(readTemplate(bytes))
  })

  test('has the fields between its braces, in their order, with the rows of what repeats', () => {
    expect(template.fields).toEqual([
      { name: '户主' },
      { name: '金额', form: '大写' },
      { name: '地块', rows: [{ name: '编号' }, { name: '面积' }] },
      { name: '附件', rows: [{ name: '名称' }] },
      { name: '日期', form: '日期' },
    ])
  })

  test('is filled in the forms it asks for, rows repeated, what is not there left out', async () => {
    const text = textOf(docxBlocks(await letter(template, VALUES))!)
    for (const words of [
      '张三：',
      '人民币壹万陆仟肆佰零玖元零贰分（16,409.02 元）',
      'A-1|12.5\nA-2|3',
      '无附件。',
      '2026年3月2日　二〇二六年三月二日',
    ])
      expect(text).toContain(words)
    expect(text).not.toMatch(/[{}]/)
    const withOne = textOf(docxBlocks(await letter(template, { ...VALUES, 附件: [{ 名称: '地块图' }] }))!)
    expect(withOne).toContain('附件：地块图。')
    expect(withOne).not.toContain('无附件')
  })

  test('filled twice has the same bytes, and opens as a Word file', async () => {
    const [a, b] = [await letter(template, VALUES), await letter(template, VALUES)]
    expect(Buffer.compare(a, b)).toBe(0)
    expect([...readZip(a).keys()]).toContain('word/document.xml')
  })

  test('names every missing field at once, with its row, and what no form can write', async () => {
    const { 户主: _, ...rest } = VALUES
    const found = await fillTemplate(template, { ...rest, 金额: '一万', 地块: [{ 编号: 'A-1' }], 日期: '2026-02-30' })
    expect((found as readonly Problem[]).map((p) => [p.code, p.values['name']])).toEqual([
      ['letter.missing', '户主'],
      ['letter.wrong-value', '金额'],
      ['letter.missing', '地块[1].面积'],
      ['letter.wrong-value', '日期'],
    ])
    expect(codesOf(await fillTemplate(template, { ...VALUES, 地块: '一块' }))).toEqual(['letter.not-a-list'])
  })

  test('says what was given and not used', async () => {
    const found = await fillTemplate(template, { ...VALUES, 户住: '张三' })
    expect('remarks' in found && found.remarks.map((p) => [p.code, p.values['name']])).toEqual([
      ['letter.unused', '户住'],
    ])
  })

  test('writes any value as text: no tag, no markup, no field comes of it', async () => {
    const one = must(readTemplate(await word([paragraph('[{值}]')])))
    const nasty = ['</w:t><w:p/>', '{值}', '{#x}', '<script>', '&amp;', 'a\nb', '${1+1}', '__proto__', '\u0001']
    for (const 值 of nasty) {
      const text = textOf(docxBlocks(await letter(one, { 值 }))!)
      expect(text).toBe(`[${值.replace('\u0001', '')}]`)
    }
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[ -~一-鿿]{0,20}$/), async (值) => {
        expect(textOf(docxBlocks(await letter(one, { 值 }))!)).toBe(`[${值}]`)
      }),
      { numRuns: 15 },
    )
  })

  test('prints as one page without script where there is no Word', async () => {
    const page = letterPage('<通知书>', docxBlocks(await letter(template, { ...VALUES, 户主: '<b>张三</b>' }))!)
    for (const words of ['&lt;通知书&gt;', '<h1 class="start">补偿款发放通知书</h1>', '&lt;b&gt;张三', 'A-2'])
      expect(page).toContain(words)
    expect(page).not.toMatch(/<script|\son[a-z]+=|src=|@import/)
  })
})

describe('what is refused in a template', () => {
  test.each([
    ['{a.b}', ['letter.not-a-field']],
    ['{1+1}', ['letter.not-a-field']],
    ['{alert(1)}', ['letter.not-a-field']],
    ['{@raw}', ['letter.not-a-field']],
    ['{=[[ ]]=}', ['letter.not-a-field']],
    ['{}', ['letter.not-a-field']],
    ['{户主|罗马}', ['letter.unknown-form']],
    ['{户主|大写|日期}', ['letter.not-a-field']],
    ['{#地块|大写}', ['letter.not-a-field']],
    ['{户主', ['letter.broken-tag']],
    ['户主}', ['letter.broken-tag']],
    ['{a{b}', ['letter.broken-tag']],
    ['{#地块}', ['letter.loop']],
    ['{/地块}', ['letter.loop']],
    ['{#甲}{#乙}{/甲}{/乙}', ['letter.loop', 'letter.loop']],
  ])('%s', (text, codes) => {
    const { problems } = fieldsOf([text])
    expect([...new Set(problems.map((p) => p.code))]).toEqual([...new Set(codes)])
  })

  test('macros, objects, foreign templates and fields that fetch', async () => {
    const parts = readZip(await word([paragraph('{户主}')]))
    const changed = (name: string, content: string | ((old: string) => string)): Uint8Array => {
      const old = new TextDecoder().decode(parts.get(name) ?? new Uint8Array())
      const next = typeof content === 'string' ? content : content(old)
      return writeZip(new Map([...parts, [name, new TextEncoder().encode(next)]]))
    }
    const relation = (type: string): string =>
      `<Relationships><Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="https://example.org/x" TargetMode="External"/></Relationships>`
    const inText = (markup: string) => (old: string) => old.replace('<w:p>', `<w:p>${markup}`)
    for (const bad of [
      changed('word/vbaProject.bin', 'x'),
      changed('word/embeddings/oleObject1.bin', 'x'),
      changed('word/_rels/settings.xml.rels', relation('attachedTemplate')),
      changed('word/document.xml', inText('<w:r><w:instrText>DDEAUTO c:\\x</w:instrText></w:r>')),
      changed('word/document.xml', inText('<w:fldSimple w:instr="INCLUDETEXT x"/>')),
      changed('word/document.xml', inText('<w:altChunk/>')),
    ])
      expect(codesOf(readTemplate(bad))).toEqual(['letter.active'])
    // A link waits until somebody follows it.
    expect(codesOf(readTemplate(changed('word/_rels/footer1.xml.rels', relation('hyperlink'))))).toEqual([])
    expect(codesOf(readTemplate(changed('word/document.xml', '<w:document>')))).toEqual(['letter.not-word'])
  })

  test('what is no Word file, or unpacks to far more than it is', async () => {
    expect(codesOf(readTemplate(new TextEncoder().encode('{户主}')))).toHaveLength(1)
    expect(codesOf(readTemplate(writeZip(new Map([['a.txt', new Uint8Array(3)]]))))).toEqual(['letter.not-word'])
    const bomb = new Map([...readZip(await NOTICE()), ['word/media/x.bin', new Uint8Array(40 * 1024 * 1024)]])
    expect(codesOf(readTemplate(writeZip(bomb)))[0]).toMatch(/^zip\./)
  })
})

test('values are text, yes or no, whole numbers and rows of these; anything else is named', () => {
  expect(readValues({ a: 'x', n: 3, b: true, rows: [{ c: 'y' }] })).toEqual({
    a: 'x',
    n: '3',
    b: true,
    rows: [{ c: 'y' }],
  })
  const bad: Json = { a: null, b: 1.5, c: { d: 'x' }, rows: ['x'] }
  const found = readValues(bad)
  expect(Array.isArray(found) && found.map((p: Problem) => p.values['field'])).toEqual(['a', 'b', 'c', 'rows[1]'])
  expect(codesOf(readValues('x'))).toEqual(['letter.values'])
})
