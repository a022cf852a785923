// Who may see a value: five grades in rising order. Personal and secret values never enter the log as they are; what is
// stored of them is a commitment, which proves a value shown later and tells nothing by itself.

import type { Text } from '../text.ts'

export const GRADES = ['public', 'internal', 'restricted', 'personal', 'secret'] as const
export type Grade = (typeof GRADES)[number]

export const GRADE_TITLES = {
  public: { zh: '公开', en: 'public' },
  internal: { zh: '内部', en: 'internal' },
  restricted: { zh: '受限', en: 'restricted' },
  personal: { zh: '个人信息', en: 'personal' },
  secret: { zh: '保密', en: 'secret' },
} as const satisfies Record<Grade, Text>

export const isGrade = (text: string): text is Grade => (GRADES as readonly string[]).includes(text)

/** Whether a reader of `may` may see a value of `grade`. */
export const sees = (may: Grade, grade: Grade): boolean => GRADES.indexOf(grade) <= GRADES.indexOf(may)

export const higherGrade = (a: Grade, b: Grade): Grade => (sees(a, b) ? a : b)

export type SealedGrade = 'personal' | 'secret'
/** Whether values of the grade are stored as commitments. */
export const isSealed = (grade: Grade): grade is SealedGrade => grade === 'personal' || grade === 'secret'

/** Stands in the place of a value that the reader may not see. */
export const MASK = '＊＊＊'

declare const commitment: unique symbol
/** `~` and the 64 hexadecimal digits of the salted hash of a sealed value. */
export type Commitment = string & { readonly [commitment]: true }

export const COMMITMENT = /^~[0-9a-f]{64}$/
export const isCommitment = (value: unknown): value is Commitment => typeof value === 'string' && COMMITMENT.test(value)
