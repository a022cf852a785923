import { describe, expect, it } from 'vitest'
import type { Finding } from '../model.ts'
import { applyExplanations, isOpen, refuseStockPhrase } from './explain.ts'

const yellow = (code: string, figure?: string): Finding => ({
  code,
  severity: 'yellow',
  zh: '问题',
  en: 'problem',
  hint: { zh: '', en: '' },
  values: {},
  check: 'QA-09',
  ...(figure === undefined ? {} : { figure }),
})

describe('a reason', () => {
  it.each([
    '核实无误',
    '经核实，情况属实。',
    '已核实，数据无误！',
    '无误',
    '属实',
    '同意',
    'ok',
    'OK OK OK OK',
    'checked',
    'Checked and confirmed, all data correct.',
    '情况属实，数据准确无误',
    '啊啊啊啊啊啊啊啊',
    '一一一一一一一一一',
    '123456789',
    '水大',
    '',
  ])('“%s” is refused', (reason) => {
    expect(refuseStockPhrase(reason)?.code).toBe('check.stock-phrase')
  })
  it.each([
    '2023 年大旱，蒸散产品仍取 2022 年',
    '新建水库 6 月下闸蓄水，库容增加 300 万立方米',
    'The gauge was moved in June 2023 and read low',
  ])('“%s” is accepted', (reason) => {
    expect(refuseStockPhrase(reason)).toBeUndefined()
  })
})

describe('explanations', () => {
  const reason = '当年遇特大干旱，降水为历年最低'
  it('close the yellow finding they name, and only that', () => {
    const findings = [yellow('qa.water-balance', 'k1'), yellow('qa.water-balance', 'k2')]
    const { findings: out, problems } = applyExplanations(
      findings,
      [{ finding: 'QA-09', about: 'CODE', reason, by: '李' }],
      new Map([['CODE', 'k2']]),
    )
    expect(problems).toEqual([])
    expect(out.map(isOpen)).toEqual([true, false])
  })
  it('never close a red finding', () => {
    const red: Finding = { ...yellow('qa.sums'), severity: 'red' }
    const { findings, problems } = applyExplanations([red], [{ finding: 'qa.sums', reason, by: '李' }])
    expect(findings.map(isOpen)).toEqual([true])
    expect(problems.map((p) => p.code)).toEqual(['check.explains-nothing'])
  })
  it('with a stock phrase leave the finding open and say so', () => {
    const { findings, problems } = applyExplanations(
      [yellow('qa.water-balance')],
      [{ finding: 'qa.water-balance', reason: '核实无误', by: '李' }],
    )
    expect(findings.map(isOpen)).toEqual([true])
    expect(problems.map((p) => p.code)).toEqual(['check.stock-phrase'])
  })
})
