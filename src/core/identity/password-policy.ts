// What a password must be: long enough, of several kinds of characters, not the login name, not what everybody tries
// (GB/T 22239-2019, 8.1.4.1 a: identity information is complex enough and changed from time to time).
// Always holds: everything that is wrong is said at once, and of the password no more is repeated than a common word or a short run.

import type { CivilDate, Problem } from '../../kernel/index.ts'
import { problem } from './problems.ts'

export const PASSWORD_LEAST = 10
/** Long enough for a sentence; the limit keeps a huge text from the hash. */
export const PASSWORD_MOST = 128
const KINDS_LEAST = 3

/** Full-width letters of a Chinese keyboard are the letters they look like (NIST SP 800-63B, 5.1.1.2: NFKC). */
export const normalisePassword = (given: string): string => given.normalize('NFKC')

const KINDS = [
  { zh: '小写字母', en: 'small letters', form: /\p{Ll}/u },
  { zh: '大写字母', en: 'capitals', form: /\p{Lu}/u },
  { zh: '数字', en: 'digits', form: /\p{Nd}/u },
  { zh: '其他字符', en: 'other characters', form: /[^\p{Ll}\p{Lu}\p{Nd}]/u },
]

/** Words that lists of stolen passwords open with, and the names nearest at hand here. */
const STOCK = [
  'password',
  'passw0rd',
  'p@ssword',
  'p@ssw0rd',
  'qwerty',
  'asdfgh',
  'zxcvbn',
  '1qaz2wsx',
  'admin',
  'letmein',
  'welcome',
  'iloveyou',
  'woaini',
  'qingshan',
  'lvshui',
  'hunan',
  'guizhou',
  'changsha',
  'guiyang',
  '青山',
  '绿水',
]
/** 5 neighbours or equals in a row are a run. */
const RUN = 5
/** What is left beside a stock word must stand on its own. */
const REST_LEAST = 9

/** @param password as `normalisePassword` gives it @param login the normalised login name */
export function passwordProblems(password: string, login: string): readonly Problem[] {
  const length = [...password].length
  const lower = password.toLowerCase()
  const found: Problem[] = []
  if (length < PASSWORD_LEAST) found.push(problem('identity.password-short', { length, least: PASSWORD_LEAST }))
  if (length > PASSWORD_MOST) return [problem('identity.password-long', { most: PASSWORD_MOST })]
  const missing = KINDS.filter((k) => !k.form.test(password))
  const used = KINDS.length - missing.length
  if (used < KINDS_LEAST)
    found.push(
      problem('identity.password-classes', {
        used,
        least: KINDS_LEAST,
        missing: missing.map((k) => k.zh).join('、'),
        missingEn: missing.map((k) => k.en).join(', '),
      }),
    )
  const backwards = [...login].reverse().join('')
  if (login !== '' && (lower.includes(login) || lower.includes(backwards)))
    found.push(problem('identity.password-has-login', {}))
  const stock = STOCK.find((word) => lower.includes(word) && length - word.length < REST_LEAST) ?? runIn(lower)
  if (stock !== undefined) found.push(problem('identity.password-stock', { found: stock }))
  return found
}

/** The first run of equal characters or of neighbours in one direction: `aaaaa`, `12345`, `edcba`. */
function runIn(text: string): string | undefined {
  const codes = [...text].map((c) => c.codePointAt(0)!)
  for (const step of [0, 1, -1])
    for (let i = 0, length = 1; i + 1 < codes.length; i++) {
      length = codes[i + 1]! - codes[i]! === step ? length + 1 : 1
      if (length === RUN) return String.fromCodePoint(...codes.slice(i + 2 - RUN, i + 2))
    }
  return undefined
}

export const PASSWORD_AGE_DAYS = 90
/** A warning stands on every screen for the last days. */
const WARN_DAYS = 14
/** A password may not return while it is among the last ones. */
export const PASSWORDS_REMEMBERED = 5

export type PasswordAge = 'fresh' | 'soon' | 'expired'

/** @param lifeDays 0 where the operator lets passwords live without end */
export function passwordAge(changed: CivilDate, today: CivilDate, lifeDays = PASSWORD_AGE_DAYS): PasswordAge {
  if (lifeDays === 0) return 'fresh'
  const age = (Date.parse(today) - Date.parse(changed)) / 86_400_000
  return age >= lifeDays ? 'expired' : age >= lifeDays - WARN_DAYS ? 'soon' : 'fresh'
}
