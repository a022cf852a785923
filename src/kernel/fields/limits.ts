// How much one submission may hold. A command is a page a person fills in; what is larger travels as a file and the
// command holds its hash.

/** A line of text: the longest name of a project in a permit register stays below it. */
export const TEXT_MAX = 200
/** A long text: some ten printed pages; longer ones are documents. */
export const LONG_TEXT_MAX = 10_000
/** A code typed by a person or printed on a certificate. */
export const CODE_MAX = 64
/** Rows of a list: a reviewer cannot read more; larger imports are files. */
export const LIST_MAX = 10_000
/** Lists and groups within one another, counted with what surrounds them. */
export const DEPTH_MAX = 12
/** Values of one submission, so that reading it costs milliseconds: rows of a full list times the fields of a row. */
export const VALUES_MAX = 200_000
/** Characters of one submission, names of fields counted too. */
export const CHARACTERS_MAX = 4_000_000
/** Problems told at once; nobody reads more. */
export const PROBLEMS_MAX = 100
/** Whole numbers fit PostgreSQL's bigint. */
export const AMOUNT_MAX = 2n ** 63n - 1n
/** Significant digits of a quantity: what decimal128 and the rules carry. */
export const DIGITS_MAX = 34
/** Characters of a quantity's number, zeros before and after the significant digits counted. */
export const NUMBER_TEXT_MAX = 60
/** Characters of a unit: the longest in the national lists has 25. */
export const UNIT_TEXT_MAX = 40
/** Years an account, a permit or a plan can speak of. */
export const YEAR_MIN = 1900
export const YEAR_MAX = 2200
/** How much of a wrong value a problem repeats. */
export const QUOTE_MAX = 40
