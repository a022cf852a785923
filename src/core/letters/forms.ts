// How a value may be written in a letter. The list is closed: a template chooses, it does not compute.

import {
  civilDate,
  dayInFigures,
  dayInWords,
  inThousands,
  sumInWords,
  type CivilDate,
  type Fen,
} from '../../kernel/index.ts'

const day = (said: string): CivilDate | undefined => {
  try {
    return civilDate(said)
  } catch {
    return undefined
  }
}

/** Yuan with two decimals at most, as exact fen. */
function sum(said: string): Fen | undefined {
  const m = /^(-?)(\d{1,14})(?:\.(\d{1,2}))?$/.exec(said)
  return m ? BigInt(`${m[1]}${m[2]}${(m[3] ?? '').padEnd(2, '0')}`) : undefined
}

/** Each gives the written form, or undefined where the value is none of its kind. */
export const FORMS = {
  大写: (said: string) => {
    const fen = sum(said)
    return fen === undefined ? undefined : sumInWords(fen)
  },
  千分位: inThousands,
  日期: (said: string) => {
    const d = day(said)
    return d === undefined ? undefined : dayInFigures(d)
  },
  中文日期: (said: string) => {
    const d = day(said)
    return d === undefined ? undefined : dayInWords(d)
  },
} as const satisfies Readonly<Record<string, (said: string) => string | undefined>>
export type FormName = keyof typeof FORMS

export const isForm = (name: string): name is FormName => Object.hasOwn(FORMS, name)
