// Letters that come along with the program.

import { describe, expect, test } from 'vitest'
import { docxBlocks } from '../exchange-formats/index.ts'
import { fillTemplate, findBuiltIn, readTemplate } from './index.ts'

const VALUES = {
  发文机关: '省生态产品办',
  发文字号: '湘生办函〔2026〕3 号',
  标题: '关于催报的函',
  主送: '青山县人民政府',
  正文: [{ 段: '第一段 <甲> & 乙' }, { 段: '第二段' }],
  落款: '省生态产品办',
  日期: '2026-03-02',
  联系人: '张三',
  电话: '0731-1',
}

const textsOf = (docx: Uint8Array): readonly string[] =>
  docxBlocks(docx)!.map((b) => (b.kind === 'paragraph' ? b.runs.map((r) => r.text).join('') : ''))

describe('a built-in letter', () => {
  test('is a template like any other: read without a problem, and filled in the order of an official letter', async () => {
    const template = readTemplate(findBuiltIn('reminder')!.bytes)
    if (!('parts' in template)) throw new Error(JSON.stringify(template))
    const written = await fillTemplate(template, VALUES)
    if (!('docx' in written)) throw new Error(JSON.stringify(written))
    expect(written.remarks).toEqual([])
    expect(textsOf(written.docx)).toEqual([
      '省生态产品办',
      '湘生办函〔2026〕3 号',
      '关于催报的函',
      '青山县人民政府：',
      '第一段 <甲> & 乙',
      '第二段',
      '省生态产品办',
      '2026年3月2日',
      '（联系人：张三，电话：0731-1）',
    ])
  })

  test('says nothing that is not given: every paragraph of the template is fields and marks', () => {
    for (const said of textsOf(findBuiltIn('reminder')!.bytes))
      expect(said.replace(/\{[^}]*\}/g, '').replace(/[（），：]|联系人|电话/g, '')).toBe('')
  })

  test('is the same file every time, and there is none of another name', () => {
    expect(findBuiltIn('reminder')!.bytes).toEqual(findBuiltIn('reminder')!.bytes)
    expect([findBuiltIn('other'), findBuiltIn('toString')]).toEqual([undefined, undefined])
  })
})
