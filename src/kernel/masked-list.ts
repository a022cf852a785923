// Lists that everybody may read, of people who are not to be known by them: rows as a spreadsheet hands them over, names and numbers
// masked, and what somebody forgot to mask. Practice of published lists: one or two signs of a name stay, the middle of a number
// goes. Serves public notices, where the screen masks before anything is sent and the record refuses what is not masked.
// Always holds: looking for personal data errs on the side of asking; it knows the forms of numbers, not who a person is.

/** Signs that stand for what was masked. */
const MASK_SIGNS = /[＊*某×○●]/u

/** 王明 → 王＊, 王小明 → 王＊明, 欧阳小明 → 欧＊＊明. */
export function maskName(name: string): string {
  const signs = [...name.trim()]
  if (signs.length <= 1) return '＊'
  if (signs.length === 2) return `${signs[0]}＊`
  return `${signs[0]}${'＊'.repeat(signs.length - 2)}${signs.at(-1)}`
}

/** 13812345678 → 138＊＊＊＊5678; an id number keeps its first six and last two signs. */
export function maskNumber(number: string): string {
  const plain = number.trim()
  const [head, tail] = plain.length >= 15 ? [6, 2] : plain.length >= 9 ? [3, 4] : [1, 1]
  if (plain.length <= head + tail) return '＊'.repeat(plain.length)
  return plain.slice(0, head) + '＊'.repeat(plain.length - head - tail) + plain.slice(-tail)
}

/** GB 11643: region, date of birth, sequence, check sign. */
const ID_NUMBER =
  /(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])/
const MOBILE = /(?<![0-9A-Za-z])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z])/
/** Debit cards of the country begin with 62. */
const BANK_CARD = /(?<![0-9A-Za-z])62\d{2}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![0-9A-Za-z])/

/** What kind of number of a person stands in a text; undefined where none is seen. */
export function personalNumberIn(text: string): { readonly zh: string; readonly en: string } | undefined {
  const plain = text.normalize('NFKC')
  if (ID_NUMBER.test(plain)) return { zh: '身份证号', en: 'an id number' }
  if (MOBILE.test(plain)) return { zh: '手机号', en: 'a mobile number' }
  if (BANK_CARD.test(plain)) return { zh: '银行卡号', en: 'a bank card' }
  return undefined
}

/** Whether a column of this heading holds names of people. */
export const isNameColumn = (heading: string): boolean =>
  /姓名|户主|承包方|代表人|申请人|name of person|householder/i.test(heading)

/** An empty cell shows nobody. */
export const looksMasked = (name: string): boolean => name.trim() === '' || MASK_SIGNS.test(name)

export interface PastedList {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Rows as a spreadsheet hands them over: headings first, cells apart by tabs, or else by commas. Empty lines go. */
export function pastedList(text: string): PastedList {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const apart = lines.some((line) => line.includes('\t')) ? '\t' : /[,，]/
  const [columns = [], ...rows] = lines.map((line) => line.split(apart).map((cell) => cell.trim()))
  return { columns, rows }
}

/** The list with its names masked, and every number of a person wherever it stands. What is masked already stays. */
export const maskedList = ({ columns, rows }: PastedList): PastedList => ({
  columns,
  rows: rows.map((row) =>
    row.map((cell, k) =>
      isNameColumn(columns[k] ?? '') && !looksMasked(cell)
        ? maskName(cell)
        : personalNumberIn(cell) !== undefined
          ? maskNumbersIn(cell)
          : cell,
    ),
  ),
})

/** The list as it is pasted again. */
export const listText = ({ columns, rows }: PastedList): string =>
  [columns, ...rows].map((cells) => cells.join('\t')).join('\n')

/** Runs of digits as long as a telephone or longer, with the signs that part them. */
const LONG_NUMBER = /\d(?:[ -]?[\dXx]){8,}/g
const maskNumbersIn = (cell: string): string =>
  cell.normalize('NFKC').replace(LONG_NUMBER, (n) => maskNumber(n.replace(/[ -]/g, '')))
