// Reads the file of regions: lines of `#` that say where it comes from, the names of the columns, one row a region.
// Every fault becomes its own problem with its line, and all are told at once.
// Always holds: a file without problems has each code once, every parent and successor among its codes, and no circle.

import { civilDate, type CivilDate, type Period, type Problem, type RegionKind } from '../../../kernel/index.ts'
import { problem } from '../problems.ts'
import { circlesIn } from './closure.ts'
import { levelOfCode, parentByCode, type RegionRow } from './region-row.ts'

/** Two provinces to the village take 1.6 MB; all of China would take about 22 MB. */
export const REGIONS_LIMIT_BYTES = 32 * 1024 * 1024

export interface RegionsHeading {
  readonly source: string
  readonly licence: string
  /** The day on which the codes without an end were in force. */
  readonly state: CivilDate
  /** Changes are known from this day; a code that ended and has no known beginning counts from here. */
  readonly history: CivilDate
}

export interface RegionsReading {
  /** Absent where a line of it is missing. */
  readonly heading?: RegionsHeading
  /** The rows without fault. */
  readonly rows: readonly RegionRow[]
  readonly problems: readonly Problem[]
}

const COLUMNS = ['code', 'name', 'en', 'kind', 'parent', 'from', 'to', 'successor', 'counted', 'note'] as const
type Column = (typeof COLUMNS)[number]
type Cells = Readonly<Record<Column, string>>

const KINDS: readonly string[] = [
  'administrative',
  'basin',
  'park',
  'functional',
  'statistical',
  'unit',
] satisfies RegionKind[]
/** Codes of basins, parks and units are the operator's own. */
const OWN_CODE = /^[A-Za-z0-9][A-Za-z0-9.-]{1,39}$/
const HEADING_KEYS = ['source', 'licence', 'state', 'history'] as const

/** @param file only names the place of a problem */
export function readRegions(text: string, file = 'regions.csv'): RegionsReading {
  const bytes = Buffer.byteLength(text)
  if (bytes > REGIONS_LIMIT_BYTES) {
    const values = { size: `${bytes} B`, limit: `${REGIONS_LIMIT_BYTES} B` }
    return { rows: [], problems: [problem('identity.regions-too-large', values, { file })] }
  }
  const problems: Problem[] = []
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const first = lines.findIndex((l) => !l.startsWith('#'))
  const heading = readHeading(lines.slice(0, Math.max(first, 0)), file, problems)
  if (lines[first] !== COLUMNS.join(','))
    problems.push(
      problem('identity.regions-heading', { missing: COLUMNS.join(',') }, { file, line: Math.max(first, 0) + 1 }),
    )
  if (problems.length > 0 || heading === undefined) return { rows: [], problems }

  const at = new Map<string, number>()
  const rows: RegionRow[] = []
  lines.slice(first + 1).forEach((line, i) => {
    const number = first + 2 + i
    if (line === '' && number === lines.length) return
    const row = readRow(line, { file, line: number, history: heading.history }, problems)
    if (!row) return
    if (at.has(row.code)) problems.push(problem('identity.region-twice', { code: row.code }, { file, line: number }))
    else {
      at.set(row.code, number)
      rows.push(row)
    }
  })
  for (const row of rows)
    for (const code of [row.parent, row.successor])
      if (code !== undefined && !at.has(code))
        problems.push(problem('identity.region-unknown', { code }, { file, line: at.get(row.code)! }))
  for (const code of circlesIn(rows))
    problems.push(problem('identity.region-circle', { code }, { file, line: at.get(code)! }))
  return { heading, rows, problems }
}

function readHeading(lines: readonly string[], file: string, problems: Problem[]): RegionsHeading | undefined {
  const found = new Map<string, string>()
  lines.forEach((line) => {
    const m = /^# ([a-z]+): (.+)$/.exec(line)
    if (m) found.set(m[1]!, m[2]!.trim())
  })
  const missing = HEADING_KEYS.filter((k) => !found.has(k))
  missing.push(...(['state', 'history'] as const).filter((k) => found.has(k) && dayOf(found.get(k)!) === undefined))
  for (const key of missing) problems.push(problem('identity.regions-heading', { missing: `# ${key}:` }, { file }))
  if (missing.length > 0) return undefined
  return {
    source: found.get('source')!,
    licence: found.get('licence')!,
    state: dayOf(found.get('state')!)!,
    history: dayOf(found.get('history')!)!,
  }
}

function dayOf(value: string): CivilDate | undefined {
  try {
    return civilDate(value)
  } catch {
    return undefined
  }
}

interface Here {
  readonly file: string
  readonly line: number
  readonly history: CivilDate
}

function readRow(line: string, here: Here, problems: Problem[]): RegionRow | undefined {
  const place = { file: here.file, line: here.line }
  const refuse = (detail: string): undefined => {
    problems.push(problem('identity.region-row', { detail: detail.slice(0, 80) }, place))
  }
  if (line.includes('"')) return refuse('" ')
  const given = line.split(',')
  if (given.length > COLUMNS.length) return refuse(`${given.length} > ${COLUMNS.length}`)
  if (given.length < 2 || given[0] === '' || given[1] === '') return refuse(line === '' ? '—' : line)
  const untidy = given.find((c) => c !== c.trim())
  if (untidy !== undefined) return refuse(`“${untidy}”`)
  const cells = Object.fromEntries(COLUMNS.map((c, i) => [c, given[i] ?? ''])) as Cells
  const wrong = wrongCells(cells)
  for (const column of wrong)
    problems.push(problem('identity.region-cell', { column, value: cells[column].slice(0, 40) }, place))
  return wrong.length > 0 ? undefined : rowOf(cells, here.history)
}

function wrongCells(c: Cells): readonly Column[] {
  const kind = c.kind || 'administrative'
  const byLevel = kind === 'administrative' || kind === 'statistical'
  const [from, to] = [c.from === '' ? undefined : dayOf(c.from), c.to === '' ? undefined : dayOf(c.to)]
  const wrong: Column[] = []
  if (!(byLevel ? levelOfCode(c.code) !== undefined : OWN_CODE.test(c.code))) wrong.push('code')
  if (!KINDS.includes(kind)) wrong.push('kind')
  if (c.from !== '' && from === undefined) wrong.push('from')
  if (c.to !== '' && (to === undefined || (from !== undefined && from > to))) wrong.push('to')
  if (c.successor !== '' && (c.to === '' || c.successor === c.code)) wrong.push('successor')
  if (!['', 'yes', 'no'].includes(c.counted) || (kind === 'statistical' && c.counted !== 'no')) wrong.push('counted')
  return wrong
}

function rowOf(c: Cells, history: CivilDate): RegionRow {
  const level = levelOfCode(c.code)
  const kind = (c.kind || 'administrative') as RegionKind
  const byLevel = kind === 'administrative' || kind === 'statistical'
  const parent = c.parent || (byLevel ? parentByCode(c.code) : undefined)
  const valid: Period | undefined =
    c.from === '' && c.to === ''
      ? undefined
      : { from: dayOf(c.from) ?? history, ...(c.to === '' ? {} : { to: civilDate(c.to) }) }
  return {
    code: c.code,
    kind,
    name: { zh: c.name, en: c.en || c.name },
    ...(parent === undefined ? {} : { parent }),
    ...(valid === undefined ? {} : { valid }),
    ...(c.successor === '' ? {} : { successor: c.successor }),
    ...(byLevel && level !== undefined ? { level } : {}),
    counted: c.counted !== 'no',
    ...(c.note === '' ? {} : { note: c.note }),
  }
}
