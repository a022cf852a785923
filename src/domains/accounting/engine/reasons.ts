// Why a line is missing or unpriced, in words.

import { text, type Problem, type Text } from '../../../kernel/index.ts'

export const lackingText = (lacking: readonly Text[]): Text =>
  text(`缺：${lacking.map((t) => t.zh).join('、')}`, `lacking: ${lacking.map((t) => t.en).join(', ')}`)

/** A problem as the reason of a line; a type the parameter book does not know is said without date and place. */
const reasonText = (p: Problem): Text =>
  p.code === 'rules.no-parameter'
    ? text(
        `参数表 ${p.values['id']} 没有这一类型的取值`,
        `the parameter table ${p.values['id']} has no value for this type`,
      )
    : text(p.zh.replace(/。$/, ''), p.en.replace(/\.$/, ''))

export function problemsText(ps: readonly Problem[]): Text {
  const all = ps.map(reasonText)
  return text(all.map((t) => t.zh).join('；'), all.map((t) => t.en).join('; '))
}
