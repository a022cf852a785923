// Short ways of writing a declaration: an argument of the row, its area, the names of a choice's variants.

import { text } from '../../../kernel/index.ts'
import type { Given } from './method.ts'

export const arg = (argument: string): Given => ({ argument })
export const area = arg('area')

export const variants = (zh: string, en: string, given: Given) => ({
  title: text(zh, en),
  values: 'choice' in given ? Object.fromEntries(Object.keys(given.of).map((k) => [k, text(k, k)])) : {},
})
