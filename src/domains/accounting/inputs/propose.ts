// Proposes an input list for a folder by opening every file. Each guess has its ground and is sure or carries a question;
// what could not be placed is listed with the reason, and so is what each service still lacks. Nothing counts before the
// list is accepted. Deterministic: the same folder gives the same list.

import { isVectorName, readFolder, type FolderFile, type Table } from '../../../core/exchange-formats/index.ts'
import { text, type Problem, type Text } from '../../../kernel/index.ts'
import { findArgument } from '../arguments.ts'
import type { Binding, InputList } from '../input-list.ts'
import { METHODS, requiredArguments } from '../methods/index.ts'
import { describeTable, type Described } from './describe-table.ts'
import { splitYear, type Vocabulary } from './labels.ts'
import { classNames, regionNames, type ClassSource } from './names.ts'
import { placeTable, type Candidate, type Unplaced } from './place-table.ts'
import { mapBinding, proposeMap, type MapReport } from './propose-map.ts'
import { guessBoundaries, guessRegions, type BoundaryGuess, type RegionGuess } from './propose-regions.ts'
import { isMap, openSources, type Sources } from './sources.ts'

/** What a method of a service cannot do without. */
export interface Need {
  readonly service: string
  readonly method: string
  readonly arguments: readonly string[]
}

export interface Placed {
  readonly argument: string
  readonly file: string
  readonly sheet?: string
  readonly column: string
  readonly unit: string
  readonly sure: boolean
  /** The score of place-table.ts. */
  readonly confidence: number
}

export interface Proposal {
  readonly list: InputList
  readonly placed: readonly Placed[]
  readonly unplaced: readonly Unplaced[]
  readonly questions: readonly { readonly about: string; readonly question: Text }[]
  readonly maps: readonly MapReport[]
  /** Services no method of which has all it needs, and what the nearest method lacks. */
  readonly emptyServices: readonly {
    readonly service: string
    readonly method: string
    readonly missing: readonly string[]
  }[]
  readonly problems: readonly Problem[]
}

export interface ProposeOptions {
  readonly classification: ClassSource
  /** What the methods need; left out: what the declared methods for tables need. */
  readonly needs?: readonly Need[]
  readonly year?: number
  readonly set?: string
  readonly title?: Text
}

const METHOD_NEEDS: readonly Need[] = METHODS.filter((m) => m.path !== 'raster').map((m) => ({
  service: m.service,
  method: m.id,
  arguments: requiredArguments(m),
}))

/** The list itself, whatever it is called. */
const LIST_FILE = /(^|\/)(account\.ya?ml|输入清单\.xlsx)$/
const NOT_DATA = /\.(ya?ml|md|docx?|pdf|html?|log|zip|7z|rar|prj|xml|cpg|dbf|shx|sbn|sbx|qix|qmd|json)$|-(wal|shm)$/i

/** @throws ProblemError `folder.missing` */
export function proposeList(folder: string, options: ProposeOptions): Proposal {
  const listing = readFolder(folder)
  const files = listing.files.filter((f) => !LIST_FILE.test(f.name))
  const sources = openSources(folder)
  const problems: Problem[] = [...listing.problems]
  const unplaced: Unplaced[] = []
  const classes = classNames(options.classification)
  const tables = files.filter((f) => isTabular(f.name)).flatMap((f) => tablesOf(sources, f, problems, unplaced))

  const regionGuess = tables.map(guessRegions).find((g) => g !== undefined)
  const words: Vocabulary = { classes, regions: regionNames(regionGuess?.all ?? []) }
  const described = tables.filter((t) => !isRegionList(t, regionGuess)).map((t) => describeTable(t, words))
  const placesOf = described.map((d) => ({ d, ...placeTable(d, baseName(d.table.file), words) }))
  const year =
    options.year ??
    latestYear(
      placesOf.flatMap((p) => p.candidates),
      described,
    )
  const settled = settle(placesOf, year ?? FIRST_YEAR)
  unplaced.push(...placesOf.flatMap((p) => p.unplaced), ...settled.unplaced)

  const maps: MapReport[] = []
  for (const f of files.filter((x) => isMap(x.name))) {
    const found = proposeMap(f, words)
    if ('file' in found) maps.push(found)
    else problems.push(...found)
  }
  const fromMaps = maps.flatMap((m) => mapBinding(m, year ?? FIRST_YEAR) ?? [])
  const boundary = boundariesOf(files, sources, regionGuess, problems, unplaced)
  for (const f of files)
    if (!isTabular(f.name) && !isMap(f.name) && !mayHoldBoundaries(f.name) && !isCompanion(f.name, files))
      unplaced.push({ file: f.name, why: text('不是表格、界线或栅格图', 'neither a table, nor boundaries, nor a map') })

  const root = regionGuess?.root ?? UNKNOWN_REGION
  const list: InputList = {
    qingshan: 'account/1',
    title: options.title ?? text(`${root.name.zh}生态产品总值核算`, `Gross ecosystem product of ${root.name.en}`),
    year: year ?? FIRST_YEAR,
    priceYear: year ?? FIRST_YEAR,
    set: options.set ?? '481-2022',
    status: 'trial',
    region: { code: root.code, name: root.name },
    ...(regionGuess ? { regions: regionGuess.regions } : {}),
    ...(boundary ? { boundaries: boundary.boundaries } : {}),
    arguments: [...settled.kept.map((c) => c.binding), ...fromMaps],
  }
  return {
    list,
    placed: [...settled.kept.map(placedOf), ...fromMaps.map(placedMap)],
    unplaced,
    questions: [
      ...headQuestions(year, regionGuess),
      ...(boundary?.question ? [{ about: boundary.boundaries.file, question: boundary.question }] : []),
      ...settled.kept.flatMap((c) =>
        c.binding.question
          ? [{ about: `${c.binding.argument} ${c.binding.file} ${c.binding.column}`, question: c.binding.question }]
          : [],
      ),
      ...fromMaps.flatMap((b) => (b.question ? [{ about: b.file, question: b.question }] : [])),
    ],
    maps,
    emptyServices: emptyServices(new Set(settled.kept.map((c) => c.argument.id)), options.needs ?? METHOD_NEEDS),
    problems,
  }
}

const isTabular = (name: string): boolean => !isMap(name) && !isVectorName(name) && !NOT_DATA.test(name)
const mayHoldBoundaries = (name: string): boolean => isVectorName(name) || /\.(json|zip)$/i.test(name)
/** Files that stand or fall with the .shp of their name, or with the database they belong to. */
const isCompanion = (name: string, files: readonly FolderFile[]): boolean => {
  const owner = name
    .replace(/\.(shx|dbf|prj|cpg|sbn|sbx|qix|qmd|shp\.xml)$/i, '.shp')
    .replace(/-(wal|shm)$/i, '')
    .toLowerCase()
  return owner !== name.toLowerCase() && files.some((f) => f.name.toLowerCase() === owner)
}
const baseName = (file: string): string => file.replace(/^.*\//, '').replace(/\.[^.]+$/, '')
/** Stands where no file names a year; always with a question. */
const FIRST_YEAR = 2020
const UNKNOWN_REGION = { code: '000000', name: text('核算地区', 'the region'), sure: false }

function tablesOf(sources: Sources, file: FolderFile, problems: Problem[], unplaced: Unplaced[]): readonly Table[] {
  const opened = sources.open(file.name)
  problems.push(...opened.problems)
  // A workbook that is an input list itself is no data.
  if (opened.sheets.some((s) => s.name === '输入清单') && opened.sheets.some((s) => s.name === '基本信息')) return []
  return opened.sheets.flatMap((sheet) => {
    const at = { file: file.name, ...(sheet.name === '' ? {} : { sheet: sheet.name }) }
    if (sheet.hidden) {
      unplaced.push({ ...at, why: text('工作表是隐藏的', 'the sheet is hidden') })
      return []
    }
    if (sheet.rows === 0) return []
    const table = sources.table(sheet, undefined)
    problems.push(...table.problems.filter((p) => p.code !== 'table.no-table'))
    if (table.headings.length > 0) return [table]
    unplaced.push({ ...at, why: text('没有找到表头和数据', 'no headings with data below were found') })
    return []
  })
}

const isRegionList = (t: Table, guess: RegionGuess | undefined): boolean =>
  guess !== undefined && guess.regions.file === t.file && (guess.regions.sheet ?? '') === t.sheet

/** The latest year that headings, year columns, titles or names speak of. */
function latestYear(candidates: readonly Candidate[], described: readonly Described[]): number | undefined {
  const years = candidates.flatMap((c) => (c.year === undefined ? [] : [c.year]))
  for (const d of described) {
    years.push(...(d.find('year')?.texts ?? []).map((t) => Number(/\d{4}/.exec(t)![0])))
    const y = splitYear(baseName(d.table.file)).year
    if (y !== undefined) years.push(y)
  }
  return years.length === 0 ? undefined : Math.max(...years)
}

interface Settled {
  readonly kept: readonly Candidate[]
  readonly unplaced: readonly Unplaced[]
}

/** One place for each thing: other years go, of two places for one thing the better stays and asks. */
function settle(
  places: readonly { readonly d: Described; readonly candidates: readonly Candidate[] }[],
  year: number,
): Settled {
  const unplaced: Unplaced[] = []
  const byKey = new Map<string, Candidate[]>()
  const refuse = (c: Candidate, why: Text): void => {
    const { file, sheet } = c.binding
    unplaced.push({ file, ...(sheet === undefined ? {} : { sheet }), column: c.spot.split('|')[2]!, why })
  }
  for (const { d, candidates } of places)
    for (const found of candidates) {
      const c = withYear(found, d, year)
      if ('why' in c) refuse(found, c.why)
      else {
        const { argument, region, class: cls, item, where } = c.binding
        const key = JSON.stringify([
          argument,
          region && 'code' in region ? region.code : 'all',
          scope(cls),
          scope(item),
          item && 'column' in item ? where : undefined,
        ])
        byKey.set(key, [...(byKey.get(key) ?? []), c])
      }
    }
  const kept = [...byKey.values()].map((all) => {
    const [best, ...others] = [...all].sort((a, b) => b.score - a.score || (a.spot < b.spot ? -1 : 1)) as [
      Candidate,
      ...Candidate[],
    ]
    const other = others[0]
    if (!other) return best
    const there = `${other.binding.file} ${other.binding.sheet ?? ''} ${other.binding.column}`
    for (const o of others)
      refuse(
        o,
        text(
          `与“${best.argument.title.zh}”的另一处重复，采用了 ${best.binding.file}`,
          `a second place for "${best.argument.title.en}"; ${best.binding.file} was taken`,
        ),
      )
    return asking(
      best,
      text(
        `另一处也像“${best.argument.title.zh}”：${there}，用哪一处？`,
        `${there} also looks like "${best.argument.title.en}"; which one?`,
      ),
    )
  })
  const order = (c: Candidate): string =>
    `${c.binding.file}|${c.binding.sheet ?? ''}|${c.spot.split('|')[2]!.replace(/\d+/, (n) => n.padStart(7, '0'))}`
  return { kept: kept.sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0)), unplaced }
}

const scope = (of: Binding['class'] | Binding['item']): string =>
  of === undefined ? '-' : 'column' in of ? 'all' : 'code' in of ? of.code : of.name

function asking(c: Candidate, more: Text): Candidate {
  const was = c.binding.question
  const question = was ? text(`${was.zh} ${more.zh}`, `${was.en} ${more.en}`) : more
  return { ...c, sure: false, binding: { ...c.binding, question } }
}

/** A column of another year is no value of this year; last year's areas open this year's extent account. */
function withYear(c: Candidate, d: Described, year: number): Candidate | { readonly why: Text } {
  const column = d.find('year')
  // A price is of the year its row says, whatever the title says of the table.
  if (column && c.argument.price) return { ...c, binding: { ...c.binding, year: { column: column.heading.text } } }
  if (column && c.year === undefined) {
    const several = new Set(column.texts).size > 1
    const only = Number(/\d{4}/.exec(column.texts[0] ?? '')?.[0])
    if (several || only !== year) return { ...c, binding: { ...c.binding, year: { column: column.heading.text } } }
    return c
  }
  if (c.year === undefined || c.year === year) return c
  if (c.argument.id === 'area' && c.year === year - 1) {
    const argument = findArgument('area.opening')!
    const moved = { ...c, argument, binding: { ...c.binding, argument: argument.id } }
    return asking(
      moved,
      text(`${c.year} 年的面积当作期初面积，对吗？`, `The areas of ${c.year} are taken as opening extent. Right?`),
    )
  }
  if (c.argument.price) return { ...c, binding: { ...c.binding, year: c.year } }
  return { why: text(`是 ${c.year} 年的数，核算年是 ${year}`, `of ${c.year}, while the account is of ${year}`) }
}

const placedOf = (c: Candidate): Placed => ({
  argument: c.argument.id,
  file: c.binding.file,
  ...(c.binding.sheet === undefined ? {} : { sheet: c.binding.sheet }),
  column: c.binding.column,
  unit: c.binding.unit,
  sure: c.sure,
  confidence: Math.round(c.score),
})

const placedMap = ({ argument, file, column, unit }: Binding): Placed => ({
  argument,
  file,
  column,
  unit,
  sure: false,
  confidence: 0,
})

function boundariesOf(
  files: readonly FolderFile[],
  sources: Sources,
  regions: RegionGuess | undefined,
  problems: Problem[],
  unplaced: Unplaced[],
): BoundaryGuess | undefined {
  let chosen: BoundaryGuess | undefined
  for (const f of files.filter((x) => mayHoldBoundaries(x.name))) {
    const source = sources.vector(f.name)
    if (!('bytes' in source)) {
      problems.push(...source)
      continue
    }
    const found = guessBoundaries(source, f.name, regions?.all ?? [])
    if (found && 'boundaries' in found && !chosen) chosen = found
    else if (found && !('boundaries' in found)) problems.push(...found)
    else
      unplaced.push({
        file: f.name,
        why: text(
          '图形没有能认出的地区代码，或已有界线',
          'no property looks like region codes, or boundaries were found already',
        ),
      })
  }
  return chosen
}

function headQuestions(year: number | undefined, regions: RegionGuess | undefined): Proposal['questions'] {
  return [
    ...(year === undefined
      ? [
          {
            about: 'year',
            question: text(
              `没有找到年份，暂写 ${FIRST_YEAR}，请改正`,
              `No year was found; ${FIRST_YEAR} stands in, please correct`,
            ),
          },
        ]
      : []),
    ...(regions
      ? []
      : [
          {
            about: 'region',
            question: text(
              '没有找到地区表，请填写核算地区的代码和名称',
              'No region list was found; fill in code and name of the region',
            ),
          },
        ]),
    ...(regions && !regions.root.sure
      ? [
          {
            about: 'region',
            question: text(
              `核算地区是 ${regions.root.code} 吗？请填写名称`,
              `Is the region of the account ${regions.root.code}? Please fill in its name`,
            ),
          },
        ]
      : []),
    ...(regions?.question ? [{ about: regions.regions.file, question: regions.question }] : []),
  ]
}

/** For a service that no method can fill: the method that lacks least. */
export function emptyServices(have: ReadonlySet<string>, needs: readonly Need[]): Proposal['emptyServices'] {
  const lacking = needs.map((n) => ({
    service: n.service,
    method: n.method,
    missing: n.arguments.filter((a) => !have.has(a)),
  }))
  return [...new Set(needs.map((n) => n.service))].flatMap((service) => {
    const all = lacking.filter((l) => l.service === service)
    if (all.some((l) => l.missing.length === 0)) return []
    return [[...all].sort((a, b) => a.missing.length - b.missing.length || (a.method < b.method ? -1 : 1))[0]!]
  })
}
