// What can be wrong with a permit.

import { defineProblems } from '../../kernel/index.ts'

export const marketProblem = defineProblems({
  'market.period': {
    severity: 'red',
    zh: '有效期止 {to} 早于起 {from}。',
    en: 'The period ends on {to}, before it begins on {from}.',
    hint: { zh: '请核对有效期。', en: 'Check the period.' },
  },
  'market.same-firm': {
    severity: 'red',
    zh: '转让方和受让方是同一家单位。',
    en: 'Seller and buyer are the same organisation.',
    hint: { zh: '请核对双方。', en: 'Check both parties.' },
  },
})
