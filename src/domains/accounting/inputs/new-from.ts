// Takes over last year's or a neighbour's list for a new folder. What is found again under the same file, sheet and heading
// is taken over silently; what must change is changed where the new folder leaves one choice, and only that is told.
// Always holds: the new list is not accepted, and an entry that could not be found again carries a question.

import { readFolder } from '../../../core/exchange-formats/index.ts'
import { sameDimensions, text, unit, type Text } from '../../../kernel/index.ts'
import type { Binding, InputList } from '../input-list.ts'
import { findColumn, printedUnit, unitsAgree } from './columns.ts'
import { splitYear } from './labels.ts'
import { nearest } from './nearest.ts'
import { plainName } from './plain-name.ts'
import { proposeList, type ProposeOptions } from './propose.ts'
import { isMap, openSources, type Sources } from './sources.ts'

export interface Change {
  /** `year`, `region`, or the argument of an entry. */
  readonly about: string
  readonly was: string
  readonly now: string
  readonly why: Text
}

export interface NewList {
  readonly list: InputList
  /** Entries taken over as they were. */
  readonly kept: number
  /** Only what changed or must still be changed. */
  readonly changes: readonly Change[]
}

/** @throws ProblemError `folder.missing` */
export function newFrom(other: InputList, folder: string, options: ProposeOptions): NewList {
  const fresh = proposeList(folder, options)
  const sources = openSources(folder)
  const files = readFolder(folder).files.map((f) => f.name)
  const year = options.year ?? (fresh.questions.some((q) => q.about === 'year') ? other.year + 1 : fresh.list.year)
  const region = fresh.list.regions ? fresh.list.region : other.region
  const changes: Change[] = []
  const told = (about: string, was: string, now: string, why: Text): void => void changes.push({ about, was, now, why })
  if (year !== other.year) told('year', String(other.year), String(year), text('新的核算年', 'a new accounting year'))
  const moved = region.code !== other.region.code
  if (moved) told('region', other.region.code, region.code, text('换了核算地区', 'another region'))

  let kept = 0
  const taken: Binding[] = other.arguments.map((b) => {
    const found = again(b, other.year, year, files, sources, fresh.list.arguments)
    if (found.same) kept++
    else told(b.argument, placeText(b), placeText(found.binding), found.why)
    return found.binding
  })
  const have = new Set(taken.map((b) => bindingKey(b)))
  const more = fresh.list.arguments.filter(
    (b) => !have.has(bindingKey(b)) && !taken.some((t) => t.argument === b.argument),
  )
  for (const b of more) told(b.argument, '', placeText(b), text('新文件夹里多出的指标', 'new in this folder'))

  if (moved && other.overrides)
    told(
      'overrides',
      String(other.overrides.length),
      '0',
      text('参数覆盖是为原地区批准的', 'overrides were approved for the other region'),
    )
  // Constant prices keep their base year; a list at prices of its own year moves on with it.
  const priceYear = other.priceYear === other.year ? year : other.priceYear
  if (priceYear !== other.priceYear)
    told('priceYear', String(other.priceYear), String(priceYear), text('价格年随核算年', 'prices follow the year'))
  const regions =
    fresh.list.regions ?? (other.regions && files.includes(other.regions.file) ? other.regions : undefined)
  const edges =
    fresh.list.boundaries ?? (other.boundaries && files.includes(other.boundaries.file) ? other.boundaries : undefined)
  return {
    kept,
    changes,
    list: {
      ...carried(other),
      ...(other.overrides && !moved ? { overrides: other.overrides } : {}),
      year,
      priceYear,
      status: 'trial',
      title: moved ? fresh.list.title : other.title,
      region,
      ...(regions ? { regions } : {}),
      ...(edges ? { boundaries: edges } : {}),
      arguments: [...taken, ...more],
    },
  }
}

/** What holds for the next account too. Acceptance, explanations and published totals were answered for the old one. */
function carried(other: InputList): InputList {
  const { qingshan, title, year, priceYear, set, status, region } = other
  const { prepared, methods, choices, notApplicable, prices, sample } = other
  return {
    qingshan,
    title,
    year,
    priceYear,
    set,
    status,
    region,
    arguments: [],
    ...(prepared ? { prepared } : {}),
    ...(methods ? { methods } : {}),
    ...(choices ? { choices } : {}),
    ...(notApplicable ? { notApplicable } : {}),
    ...(prices ? { prices } : {}),
    ...(sample === undefined ? {} : { sample }),
  }
}

interface Again {
  readonly binding: Binding
  readonly same: boolean
  readonly why: Text
}

const SAME = text('', '')

function again(
  b: Binding,
  was: number,
  year: number,
  files: readonly string[],
  sources: Sources,
  fresh: readonly Binding[],
): Again {
  const old = withoutGuess(b)
  const file = sameFile(b.file, was, year, files)
  if (file !== undefined && !isMap(file)) {
    const moved = { ...old, file }
    const reading = readAgain(moved, was, year, sources)
    if (reading && splitYear(file).year === was && was !== year) {
      const question = text(`文件仍是 ${was} 年的，对吗？`, `The file is still the one of ${was}. Right?`)
      return {
        binding: { ...reading.binding, question },
        same: false,
        why: text('没有新一年的文件', 'no file of the new year'),
      }
    }
    if (reading) {
      const same =
        reading.binding.file === b.file &&
        reading.binding.column === b.column &&
        reading.binding.sheet === b.sheet &&
        reading.unitSame
      return { binding: reading.binding, same, why: same ? SAME : reading.why }
    }
  } else if (file !== undefined)
    return { binding: { ...old, file }, same: file === b.file, why: text('文件改名', 'the file has another name') }
  const candidates = fresh.filter((f) => f.argument === b.argument)
  const match = candidates.find((f) => sameScope(f, b)) ?? candidates[0]
  if (match)
    return {
      binding: match,
      same: false,
      why: text('原来的位置没有了，按列名另找到一处', 'the old place is gone; another was found by its headings'),
    }
  const near = nearest(b.file, files, 1)[0] ?? '-'
  const question = text(
    `新文件夹里没有找到这一项（原在 ${placeText(b)}），请指明位置或删去`,
    `This was not found in the new folder (it stood in ${placeText(b)}); name its place or delete it`,
  )
  return {
    binding: { ...old, question },
    same: false,
    why: text(`没有找到；最接近的文件是 ${near}`, `not found; the nearest file is ${near}`),
  }
}

const withoutGuess = (b: Binding): Binding => {
  const { ground: _ground, question: _question, ...rest } = b
  return rest
}

/** The file of the new year, else of the same name; names that differ in width, case and signs are the same. */
function sameFile(name: string, was: number, year: number, files: readonly string[]): string | undefined {
  const called = (wanted: string): string | undefined =>
    files.find((f) => f === wanted) ?? files.find((f) => plainName(f) === plainName(wanted))
  const bare = (s: string): string => plainName(splitYear(s).text)
  const alike = files.filter((f) => bare(f) === bare(name) && splitYear(f).year === year)
  return (
    called(name.replaceAll(String(was), String(year))) ?? (alike.length === 1 ? alike[0] : undefined) ?? called(name)
  )
}

/** Finds sheet, columns and row again; headings may carry the new year. The unit follows what is printed now. */
function readAgain(
  b: Binding,
  was: number,
  year: number,
  sources: Sources,
): { readonly binding: Binding; readonly unitSame: boolean; readonly why: Text } | undefined {
  const renew = (s: string): string => s.replaceAll(String(was), String(year))
  const sheet = [b.sheet, b.sheet === undefined ? undefined : renew(b.sheet)]
    .map((s) => sources.sheet(b.file, s))
    .find((s) => !('code' in s))
  if (!sheet || 'code' in sheet) return undefined
  const table = sources.table(sheet, b.header)
  const find = (name: string): string | undefined => {
    // A column of the old year must not be taken for the new one while the new one stands beside it.
    const renewed = renew(name)
    for (const n of renewed === name ? [name] : [renewed, name]) if (!('severity' in findColumn(table, n))) return n
    return undefined
  }
  const column = find(b.column)
  if (column === undefined || (column === b.column && splitYear(column).year === was && was !== year)) return undefined
  const keys = [b.where?.column, ...[b.region, b.class, b.item].map((d) => (d && 'column' in d ? d.column : undefined))]
  if (keys.some((k) => k !== undefined && find(k) === undefined)) return undefined
  if (b.where) {
    const at = table.headings.indexOf(findColumn(table, b.where.column) as (typeof table.headings)[number])
    if (!table.rows.some((r) => plainName(r.cells[at]?.text ?? '') === plainName(b.where!.is))) return undefined
  }
  const heading = findColumn(table, column) as (typeof table.headings)[number]
  const own = printedUnit(heading.unitText)
  const note = own ? undefined : printedUnit(table.unitNote?.text)
  const listed = unit(b.unit)
  const printed = own ?? (note && sameDimensions(note, listed) ? note : undefined)
  const unitSame = !printed || unitsAgree(printed, listed)
  const { sheet: _sheet, ...rest } = b
  const moved: Binding = {
    ...rest,
    ...(sheet.name === '' || b.sheet === undefined ? {} : { sheet: sheet.name }),
    column,
    ...(b.year === was ? { year } : {}),
  }
  if (unitSame)
    return {
      binding: moved,
      unitSame,
      why: text('文件、工作表或列名随年份改变', 'file, sheet or heading follow the year'),
    }
  const now = printed.text
  const question = text(`单位由 ${b.unit} 变成 ${now}，对吗？`, `The unit changed from ${b.unit} to ${now}. Right?`)
  return {
    binding: { ...moved, ...(sameDimensions(printed, listed) ? { unit: now } : {}), question },
    unitSame,
    why: text(`单位变了：${b.unit} → ${now}`, `the unit changed: ${b.unit} → ${now}`),
  }
}

const scopeText = (d: Binding['region'] | Binding['class'] | Binding['item']): string =>
  d === undefined ? '-' : 'column' in d ? '*' : 'code' in d ? d.code : d.name
const sameScope = (a: Binding, b: Binding): boolean =>
  scopeText(a.class) === scopeText(b.class) && scopeText(a.item) === scopeText(b.item)
const bindingKey = (b: Binding): string =>
  [b.argument, scopeText(b.region), scopeText(b.class), scopeText(b.item)].join('|')
const placeText = (b: Binding): string =>
  [b.file, b.sheet, b.column, b.where?.is, b.unit].filter((x) => x !== undefined).join(' › ')
