// Runs QA-01 to QA-16 over an account of ours or over a table somebody printed. Red findings stop the run, yellow ones
// want a reason (explain.ts). The order of findings is the order of the checks, so that two runs agree.

import type { IndicatorSet } from '../../../core/rules/index.ts'
import type { Account, Finding } from '../model.ts'
import { casesOfTable, type Cases, type PrintedTable } from './cases.ts'
import {
  casesOfQuantities,
  casesOfValues,
  type CheckExtras,
  type QuantityCases,
  type ValueCases,
} from './from-account.ts'
import { qa01, qa02 } from './qa-01-02.ts'
import { qa03 } from './qa-03.ts'
import { qa04 } from './qa-04.ts'
import { qa05 } from './qa-05.ts'
import { qa06 } from './qa-06.ts'
import { qa07 } from './qa-07.ts'
import { qa08 } from './qa-08.ts'
import { qa09 } from './qa-09.ts'
import { qa10 } from './qa-10.ts'
import { qa11 } from './qa-11.ts'
import { qa12 } from './qa-12.ts'
import { qa13 } from './qa-13.ts'
import { qa14 } from './qa-14.ts'
import { qa15 } from './qa-15.ts'
import { qa16 } from './qa-16.ts'

/** What the checks of cases without a price find; with another price it is the same. */
export interface QuantityFindings {
  readonly caps: readonly Finding[]
  /** QA-08 to QA-13. */
  readonly others: readonly Finding[]
}

export const runCases = (c: Cases): readonly Finding[] => together(c, quantityFindings(c))

const quantityFindings = (c: QuantityCases): QuantityFindings => ({
  caps: qa06(c.caps),
  others: [
    ...qa08(c.conversions),
    ...qa09(c.water),
    ...qa10(c.erosion),
    ...qa11(c.soil),
    ...qa12(c.carbon),
    ...qa13(c.lakes),
  ],
})

const together = (c: ValueCases, { caps, others }: QuantityFindings): readonly Finding[] => [
  ...qa01(c.sums),
  ...qa02(c.classSums),
  ...qa03(c.shares),
  ...qa04(c.products),
  ...qa05(c.perArea),
  ...caps,
  ...qa07(c.columns),
  ...others,
  ...qa14(c.ratios),
  ...qa15(c.growth),
  ...qa16(c.published),
]

/** @param known what was found about quantities, where they stand from an earlier run */
export const runChecks = (
  account: Account,
  extras: CheckExtras = {},
  known: QuantityFindings = findAboutQuantities(account, extras),
): readonly Finding[] => together(casesOfValues(account, extras), known)

export const findAboutQuantities = (account: Account, extras: CheckExtras = {}): QuantityFindings =>
  quantityFindings(casesOfQuantities(account, extras))

/** `sets`: indicator sets that may explain what the table does. */
export const checkTable = (
  table: PrintedTable,
  sets: readonly Pick<IndicatorSet, 'id' | 'accepts'>[] = [],
): readonly Finding[] => runCases(casesOfTable(table, sets.find((s) => s.id === table.set)?.accepts))
