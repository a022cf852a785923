// What is wrong with a code, told while it is typed or when its field is left: identity numbers (GB 11643), unified social credit
// codes (GB 32100), bank cards (ISO/IEC 7812-1), passports. The house judges again when it is submitted.
// Always holds: a code that is not whole yet is told of only after its field was left; nothing repeats the code.

import {
  idNumberFault,
  isBankNumber,
  isOrganisationCode,
  normaliseCode,
  normaliseOrganisationCode,
  passportNumber,
  type IdNumberFault,
  type Text,
} from '../../kernel/index.ts'
import type { Said } from '../api/call.ts'
import type { Group } from '../form/values.ts'

type Left = (field: string) => boolean
/** @param today no birthday may be later */
type Check = (value: Group, left: Left, today: string) => Text | undefined

const ID_FAULTS: Readonly<Record<IdNumberFault, Text>> = {
  form: { zh: '身份证号应为 17 位数字加 1 位数字或 X。', en: 'Seventeen digits and a digit or X are wanted.' },
  old: { zh: '15 位的旧号码已停用。', en: 'Numbers of fifteen digits are out of use.' },
  place: { zh: '前两位不是省级代码。', en: 'It begins with the code of no province.' },
  date: { zh: '中间 8 位不是出生日期。', en: 'The eight digits in its middle are no birthday.' },
  check: { zh: '校验位不符，请核对每一位。', en: 'Its check digit does not fit: compare every digit.' },
}

const word = (value: Group, field: string): string => {
  const given = value[field]
  return typeof given === 'string' ? given : ''
}

const CHECKS: Readonly<Record<string, Check>> = {
  idNumber: (value, left, today) => {
    const number = normaliseCode(word(value, 'idNumber'))
    if (number === '' || (number.length < 18 && !left('idNumber'))) return undefined
    const fault = idNumberFault(number, today)
    return fault && ID_FAULTS[fault]
  },
  code: (value, left) => {
    const code = normaliseOrganisationCode(word(value, 'code'))
    if (code === '' || (code.length < 18 && !left('code')) || isOrganisationCode(code)) return undefined
    return code.length === 18
      ? {
          zh: '统一社会信用代码的校验位不符，请核对每一位。',
          en: 'Its check character does not fit: compare every one.',
        }
      : {
          zh: `应为 18 位，现在是 ${code.length} 位。`,
          en: `Eighteen characters are wanted; these are ${code.length}.`,
        }
  },
  passport: (value, left) => {
    const given = word(value, 'passport')
    if (given === '' || !left('passport') || passportNumber(given) !== undefined) return undefined
    return {
      zh: '护照号不对；填了机读码前 10 位的，请核对校验位。',
      en: 'This is no passport number; of a machine-readable line compare the check digit.',
    }
  },
  number: (value, left) => {
    const [number, kind] = [normaliseCode(word(value, 'number')), word(value, 'kind')]
    if (number === '' || (kind !== 'card' && kind !== 'account')) return undefined
    if (number.length < (kind === 'card' ? 19 : 30) && !left('number')) return undefined
    if (isBankNumber(number, kind)) return undefined
    return kind === 'card'
      ? {
          zh: '银行卡号应为 15 至 19 位数字，末位是校验位；现在不符。',
          en: 'A card has 15 to 19 digits, the last a check digit; these do not fit.',
        }
      : { zh: '账号应为 8 至 30 位数字。', en: 'An account has 8 to 30 digits.' }
  },
}

/** Checks of the fields a form has. @param fields their names */
export const checksOf =
  (fields: readonly string[], today: string) =>
  (value: Group, left: Left): readonly Said[] =>
    fields.flatMap((field): Said[] => {
      const told = CHECKS[field]?.(value, left, today)
      return told ? [{ code: `workbench.check-${field}`, severity: 'red', field, ...told }] : []
    })
