// A command that pays a firm one unit of money and needs nothing but the two accounts: batches of it follow one another without a read.

import { field, form } from '../../kernel/index.ts'
import { account, cny } from '../ledger/ledger.fixture.ts'
import type { Command } from './model.ts'

const office = { asset: cny.code, owner: 'office', purpose: 'clearing:bank' } as const
const firm = account(cny, 'firm')

export const wordInput = form({
  word: field.text({ title: { zh: '词', en: 'word' }, grade: 'public', example: 'a' }),
})

/** @param decided hears the word of each that is decided */
export const payFirm = (decided?: (word: string) => void): Command<typeof wordInput> => ({
  name: 'payFirm',
  version: 1,
  title: { zh: '付', en: 'pay' },
  input: wordInput,
  place: () => '430100',
  legalDate: (_, today) => today,
  subjects: () => [],
  reads: [() => ({ assets: [cny.code], accounts: [office, firm] })],
  decide: (_, i) => {
    decided?.(i.word)
    return {
      act: 'paid',
      assets: [cny],
      postings: [{ debit: office, credit: firm, amount: 1n, why: { zh: '付', en: 'paid' } }],
    }
  },
})
