// Reasons for yellow findings and for accepting a number by name. A reason tells the next reader something: a stock phrase,
// a handful of characters or one character repeated does not, and is refused.

import { defineProblems, text, type Problem } from '../../../kernel/index.ts'
import type { Explanation } from '../input-list.ts'
import type { Finding } from '../model.ts'

const problem = defineProblems({
  'check.stock-phrase': {
    severity: 'red',
    zh: '“{reason}”不是理由。',
    en: '"{reason}" is not a reason.',
    hint: text(
      '请写出具体原因：哪一年、哪个来源、为什么与往年不同（至少 6 个汉字）。',
      'Write the actual cause: which year, which source, why it differs (at least six Chinese characters or four words).',
    ),
  },
  'check.explains-nothing': {
    severity: 'yellow',
    zh: '对“{finding}”的说明没有对应的问题，可能已经改正。',
    en: 'The explanation for "{finding}" matches no finding; it may have been mended.',
    hint: text('请删去这条说明，或核对编码。', 'Remove the explanation, or check its code.'),
  },
})

const STOCK = [
  '经核实',
  '已核实',
  '核实',
  '核对',
  '已核对',
  '已确认',
  '确认',
  '情况属实',
  '属实',
  '无误',
  '没有问题',
  '没问题',
  '无问题',
  '无异常',
  '正常',
  '正确',
  '数据',
  '真实',
  '准确',
  '同意',
  '通过',
  '已阅',
  '情况',
  '符合实际',
  '实际如此',
  '已经',
  '数值',
  '该',
  '此',
  '本',
  '均',
  '都',
  '经',
  '已',
  '的',
  '了',
  '与',
  '和',
  'checked',
  'verified',
  'confirmed',
  'correct',
  'noproblem',
  'noissue',
  'nothingwrong',
  'fine',
  'okay',
  'ok',
  'true',
  'agreed',
  'agree',
  'approved',
  'yes',
  'the',
  'data',
  'values',
  'value',
  'and',
  'are',
  'is',
  'all',
  'na',
  'none',
] as const

const LEAST_CHINESE = 6
const LEAST_WORDS = 4

/** The problem with a reason, if it is none. */
export function refuseStockPhrase(reason: string): Problem | undefined {
  const bare = reason
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\s\d]/gu, '')
  const chinese = [...bare].filter((c) => /\p{Script=Han}/u.test(c)).length
  const words = reason.match(/[A-Za-z]{2,}/g)?.length ?? 0
  const tooShort = chinese < LEAST_CHINESE && words < LEAST_WORDS
  const repeated = new Set(bare).size <= 3
  return tooShort || repeated || withoutStock(bare).length < 2 ? problem('check.stock-phrase', { reason }) : undefined
}

/** What is left when every stock phrase is taken out, the longest first. */
const withoutStock = (bare: string): string =>
  [...STOCK]
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .reduce((s, phrase) => s.replaceAll(phrase, ''), bare)

/** Whether an explanation names this finding: by its problem code or check, and by figure, file or cell where it says so. */
const names = (e: Explanation, f: Finding): boolean =>
  (e.finding === f.code || e.finding === f.check) && (e.about === undefined || places(f).includes(e.about))

const places = (f: Finding): readonly string[] =>
  [f.figure, f.at?.file, f.at?.cell, f.at?.sheet && f.at.cell ? `${f.at.sheet}!${f.at.cell}` : undefined].filter(
    (s): s is string => s !== undefined && s !== '',
  )

/** Puts reasons to yellow findings. `codes`: figure key by code, so that a reason may name the printed code. */
export function applyExplanations(
  findings: readonly Finding[],
  explanations: readonly Explanation[],
  codes: ReadonlyMap<string, string> = new Map(),
): { readonly findings: readonly Finding[]; readonly problems: readonly Problem[] } {
  const read = explanations.map((e) => {
    const key = e.about === undefined ? undefined : codes.get(e.about)
    return { as: e, by: key === undefined ? e : { ...e, about: key }, refused: refuseStockPhrase(e.reason) }
  })
  const used = new Set<Explanation>()
  const explained = findings.map((f): Finding => {
    if (f.severity !== 'yellow') return f
    const hit = read.find((r) => names(r.by, f))
    if (!hit) return f
    used.add(hit.as)
    return hit.refused ? f : { ...f, explained: { reason: hit.as.reason, by: hit.as.by } }
  })
  const problems = read.flatMap((r) =>
    r.refused ? [r.refused] : used.has(r.as) ? [] : [problem('check.explains-nothing', { finding: r.as.finding })],
  )
  return { findings: explained, problems }
}

/** Open: red, or yellow without a reason. */
export const isOpen = (f: Finding): boolean => f.severity === 'red' || f.explained === undefined
