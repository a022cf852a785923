// From facts to an account: all quantities first, then values, both kept. Pure: the same facts, list and rule book give the
// same figures in the same order on every machine, whether quantities are made now or stand from an earlier run. Serves A1, A3 (Hunan decision 四, Guizhou plan 三).

import {
  assert,
  ProblemError,
  regionTree,
  text,
  yearEnd,
  type Problem,
  type Quantity,
  type Region,
  type RegionTree,
  type Text,
} from '../../../kernel/index.ts'
import type { IndicatorSet, ParameterValue, RuleBook } from '../../../core/rules/index.ts'
import { codesInOrder, valueKey } from '../figure-key.ts'
import { accountOn, figureTable } from '../figure-table.ts'
import type { InputList } from '../input-list.ts'
import type { Account, AccountHead, BoundaryFeature, Fact, Figure, Finding, Line, SourceFile } from '../model.ts'
import type { MapStack } from '../maps/map-stack.ts'
import { accountProblem } from '../problems.ts'
import { findMethod, METHODS } from '../methods/index.ts'
import { requiredArguments } from '../methods/method.ts'
import { findArgument } from '../arguments.ts'
import { SERVICES, type ServiceId } from '../services.ts'
import { usesOf } from '../seea/use.ts'
import { bookOnClasses, booksOf } from './booking.ts'
import { chooseMethods, methodsOf } from './choose-methods.ts'
import { draft as newDraft, type Draft, type DraftFigure, type Standing } from './draft.ts'
import { addExtent } from './extent.ts'
import { factTable, type FactTable } from './fact-table.ts'
import { isOfQuantities, type Chosen, type Ground, type Quantities } from './ground.ts'
import type { KnownFigures } from './kept-figures.ts'
import type { ServiceRows } from './kept-rows.ts'
import { parameterLookup, ruleContext } from './parameters.ts'
import { addRatios } from './ratios.ts'
import { mapIds, pixelStages } from './pixels/pixel-stages.ts'
import type { RegionWatch } from './pixels/region-watch.ts'
import type { StageBand } from './pixels/stage-band.ts'
import { READING_MAPS } from './pixels/sum-pixels.ts'
import { methodRows, rowScope, valuedRow, type RowsContext } from './rows.ts'
import { addTotals } from './totals.ts'
import { parametersBelow, parameterUses, priceUses, type PricedBy } from './uses.ts'

export interface ComputeInput {
  readonly list: InputList
  readonly facts: readonly Fact[]
  readonly regions: readonly Region[]
  readonly boundaries: readonly BoundaryFeature[]
  readonly sources: readonly SourceFile[]
  readonly book: RuleBook
  readonly engine: string
  /** Findings of the reading. */
  readonly findings: readonly Finding[]
  readonly onProgress?: (done: number, of: number, what: Text) => void
  /** Told while a pass over the maps goes on. */
  readonly onRegions?: RegionWatch
  /** The maps on one grid, where the list names a land-cover map. */
  readonly maps?: MapStack
  /** All quantities, where they are known: the maps are not opened. */
  readonly ground?: Ground
  /** Handed what a later run may stand on; `rests` is left to whoever judges the account. */
  readonly onQuantities?: (
    made: Omit<Quantities, 'beside'> & { readonly beside: Omit<Quantities['beside'], 'rests'> },
  ) => void
  /** Handed what was computed over pixels, while the maps are open. */
  readonly onStages?: (stages: readonly StageBand[]) => void
}

/** @throws ProblemError if the indicator set is unknown or counts something twice without a ground */
export function computeAccount(input: ComputeInput): Account {
  const { list, book, ground } = input
  const set = findSet(book, list.set)
  const tree = regionTree(input.regions)
  const facts = factTable(input.facts, list.year, tree)
  const date = yearEnd(list.year)
  const parameter = parameterLookup(book, list.overrides ?? [], tree, date)
  const className = classNames(book)
  const byId = new Map(input.facts.map((f) => [f.id, f.quantity]))
  const standing = ground && standingOn(ground.figures)
  const d = newDraft(book, (id) => factQuantity(byId, id), parameter, standing)
  const inSet = new Set(set.services)
  const chosen: Record<string, Record<string, string>> = {
    ...(ground?.chosen as Record<string, Record<string, string>>),
  }
  const priced: PricedBy[] = []

  const withoutMaps: Omit<RowsContext, 'maps'> = {
    facts,
    book,
    draft: d,
    rulesFor: (region) => ruleContext(tree, region, date),
    choices: list.choices ?? {},
    prices: { facts, tree, book: list.prices ?? [], parameter },
    year: list.year,
    priceYear: list.priceYear,
    className,
    chose: (m, choice, variant) => (chosen[m] = { ...chosen[m], [choice]: variant }),
    priced: (price, basis, choice) => void priced.push({ price, basis, choice }),
  }
  const wanted = SERVICES.filter((s) => inSet.has(s.id) || list.methods?.[s.id])
  const services = ground?.services ?? allRows(wanted, input, facts, withoutMaps, tree)
  const chosenBefore: Chosen = { ...chosen }
  const rowKeys = new Set(d.keys)

  if (ground) input.onProgress?.(0, wanted.length + 1, text('价值', 'values'))
  const valued = services.map((s) => (s.blank ? [s.blank] : s.rows.flatMap((row) => valuedRow(row, withoutMaps))))
  const unbooked = valued.flatMap((lines) =>
    lines.flatMap((l) => (l.state === 'unpriced' && booksOf(l).length > 0 ? [l.quantity!] : [])),
  )
  const quantitiesStand = ground !== undefined && unbooked.join('\n') === ground.unbooked.join('\n')
  if (!quantitiesStand) standing?.onlyRows()
  const lines = services.flatMap((s, i) =>
    bookOnClasses(valued[i]!, d, facts, className).map((l) =>
      inSet.has(s.service) ? l : { ...l, memo: true as const },
    ),
  )
  const itemTitles = new Map(lines.map((l) => [`${l.service}|${l.item}`, l.itemTitle]))
  addTotals(lines, { draft: d, tree, inSet, className, itemTitles }, quantitiesStand)
  if (!quantitiesStand) addExtent(facts, tree, d, className)
  addRatios(facts, tree, d, book, date)
  const known = ground && !quantitiesStand ? ground.figures.keys.flatMap((key) => standing!.find(key) ?? []) : []
  for (const f of usesOf([...known, ...d.figures.values()], book, ruleContext(tree, list.region.code, date)))
    d.add(f.parts, f.title, f.recipe)

  input.onProgress?.(wanted.length, wanted.length + 1, text('合计与检查', 'totals and checks'))
  const used = services.flatMap((s) => s.methods.map((method) => ({ service: s.service, method })))
  const rest = {
    head: headOf(list, set, input),
    facts: [...input.facts].sort((a, b) => (a.id < b.id ? -1 : 1)),
    lines,
    findings: [...input.findings, ...lapsedFindings(book, used, date), ...missingFindings(lines, className)],
    parameters: parameterUses(d, lines, priced),
    prices: priceUses(priced),
    sources: input.sources,
    fitness: [],
    methods: used.map((u) => ({ ...u, choices: chosen[u.method] ?? {} })),
    boundaries: input.boundaries,
  }
  if (quantitiesStand) {
    const own = withCodes([...d.figures.values()], ground.figures.codes)
    assert(
      own.every((f) => !isOfQuantities(f)),
      'all quantities stand',
    )
    return accountOn(ground.figures, own, { ...rest, maps: ground.uses })
  }
  const figures = withCodes([...known, ...d.figures.values()])
  const isOfRow = (key: string): boolean => rowKeys.has(key) || standing?.has(key) === true
  input.onQuantities?.({
    services,
    chosen: chosenBefore,
    unbooked,
    beside: { isOfRow, below: belowOf(d, isOfRow, lines) },
  })
  const maps = ground?.uses ?? (input.maps && mapsUsed(figures, input.maps))
  return { ...rest, figures, ...(maps ? { maps } : {}) }
}

/** The parameters below the figures of rows and those of lines. */
function belowOf(d: Draft, isOfRow: (key: string) => boolean, lines: readonly Line[]): Quantities['beside']['below'] {
  const ofLines = new Set(lines.flatMap((l) => l.quantity ?? []))
  const seen = new Map<string, ReadonlyMap<string, ParameterValue>>()
  return (key) => (isOfRow(key) || ofLines.has(key) ? parametersBelow(d, key, seen) : undefined)
}

/** Figures of an earlier run, with or without the totals that stood on its prices. */
function standingOn(figures: KnownFigures): Standing & { onlyRows(): void } {
  let whole = true
  const place = (key: string): number | undefined => {
    const at = figures.place(key)
    return at !== undefined && (whole || figures.isOfRow(at)) ? at : undefined
  }
  const of = <T>(key: string, ask: (at: number) => T): T | undefined => {
    const at = place(key)
    return at === undefined ? undefined : ask(at)
  }
  return {
    has: (key) => place(key) !== undefined,
    find: (key) => of(key, figures.figure),
    quantity: (key) => of(key, figures.quantity),
    below: (key) => of(key, figures.below),
    onlyRows: () => void (whole = false),
  }
}

/** The rows of all services before they are valued. */
function allRows(
  wanted: typeof SERVICES,
  input: ComputeInput,
  facts: FactTable,
  rows: RowsContext,
  tree: RegionTree,
): readonly ServiceRows[] {
  const over = overPixels(wanted, input, facts, rows)
  return wanted.map((s, i) => {
    input.onProgress?.(i, wanted.length + 1, s.title)
    return serviceRows(s.id, input, facts, { ...rows, ...over }, tree)
  })
}

/** Everything the chosen methods want from the maps, in one pass over them. */
function overPixels(
  wanted: readonly { readonly id: ServiceId }[],
  { list, maps, regions, onProgress, onRegions, onStages }: ComputeInput,
  facts: FactTable,
  rows: Omit<RowsContext, 'maps'>,
): Pick<RowsContext, 'maps'> {
  if (!maps) return {}
  const methods = wanted
    .filter((s) => list.notApplicable?.[s.id] === undefined)
    .flatMap((s) => chooseMethods(s.id, list.methods?.[s.id], facts, maps))
    .filter((m) => m.path === 'raster')
  const stages = pixelStages(methods, maps, (m, row) => rowScope(m, { region: row.region, class: row.class }, rows), {
    onTile: (done, of) => onProgress?.(done, of, READING_MAPS),
    ...(onRegions ? { regions: { tell: onRegions, nameOf: namesOf(regions) } } : {}),
  })
  onStages?.(stages.bands)
  return { maps: { stack: maps, stages } }
}

function namesOf(regions: readonly Region[]): (code: string) => Text {
  const names = new Map(regions.map((r) => [r.code, r.name]))
  return (code) => names.get(code) ?? text(code, code)
}

function factQuantity(byId: ReadonlyMap<string, Quantity>, id: string): Quantity {
  const q = byId.get(id)
  if (!q) throw new Error(`fact ${id} is part of the account`)
  return q
}

function findSet(book: RuleBook, id: string): IndicatorSet {
  const set = book.sets.find((s) => s.id === id)
  if (!set)
    throw new ProblemError(
      accountProblem('account.unknown-set', { set: id, known: book.sets.map((s) => s.id).join('、') }),
    )
  return set
}

export function classNames(book: RuleBook): (code: string) => Text {
  const names = new Map(book.classifications.flatMap((c) => c.classes.map((k) => [k.code, k.title] as const)))
  return (code) => names.get(code) ?? text(code, code)
}

function serviceRows(
  service: ServiceId,
  { list, maps }: ComputeInput,
  facts: FactTable,
  ctx: RowsContext,
  tree: RegionTree,
): ServiceRows {
  const line = {
    region: list.region.code,
    class: '-',
    service,
    item: '*',
    itemTitle: text('全部', 'all'),
    method: '-',
  } as const
  const blank = (state: Line['state'], reason: Text): ServiceRows => ({
    service,
    methods: [],
    rows: [],
    blank: { ...line, state, reason },
  })
  const declared = list.notApplicable?.[service]
  if (declared !== undefined) return blank('not-applicable', text(declared, declared))
  if (service === 'R4' && isInland(tree, list.region.code))
    return blank('not-applicable', text('本地区不临海，没有海岸带', 'the region has no coast'))
  const methods = chooseMethods(service, list.methods?.[service], facts, maps)
  const rows = methods.flatMap((m) => methodRows(m, ctx))
  if (rows.length > 0) return { service, methods: methods.map((m) => m.id), rows }
  const overMaps = list.methods?.[service]?.some((id) => findMethod(id)?.path === 'raster')
  const reason =
    overMaps && !maps
      ? text('缺：生态系统类型图（land-cover）', 'lacking: a map of ecosystem types (land-cover)')
      : lackOf(service, facts)
  return blank('missing', reason)
}

/** What the simplest ways to compute a service still need. */
function lackOf(service: ServiceId, facts: FactTable): Text {
  const ways = methodsOf(service).map((m) =>
    requiredArguments(m)
      .filter((a) => facts.of(a).length === 0)
      .map((a) => findArgument(a)?.title ?? text(a, a)),
  )
  const shortest = [...ways].sort((a, b) => a.length - b.length)[0] ?? []
  return text(`缺：${shortest.map((t) => t.zh).join('、')}`, `lacking: ${shortest.map((t) => t.en).join(', ')}`)
}

/** Provinces with a coast by GB/T 2260 prefix; other numeric codes are inland. */
const COAST = ['12', '13', '21', '31', '32', '33', '35', '37', '44', '45', '46', '71', '81', '82']
function isInland(tree: RegionTree, region: string): boolean {
  const code = tree
    .lineage(region)
    .map((r) => r.code)
    .concat(region)
    .find((c) => /^\d{6}/.test(c))
  return code !== undefined && !COAST.includes(code.slice(0, 2))
}

/** The land cover and every map a figure rests on. */
function mapsUsed(figures: readonly Figure[], maps: MapStack): Account['maps'] & object {
  const ids = new Set(figures.flatMap((f) => (f.recipe.kind === 'pixels' ? mapIds(f.recipe.of) : [])))
  return maps.uses.filter((u, i) => i === 0 || ids.has(u.id))
}

/** In the order of their keys. @param taken codes of figures before them */
function withCodes(figures: readonly DraftFigure[], taken: readonly string[] = []): readonly Figure[] {
  const byKey = new Map(figures.map((f) => [f.key, f]))
  const keys = [...byKey.keys()].sort()
  const codes = codesInOrder(keys, taken)
  return keys.map((key, i) => {
    const { measure, basis, region, class: cls, service, item, quantity, recipe, title, method } = byKey.get(key)!
    const code = codes[i]!
    return method === undefined
      ? { key, measure, basis, region, class: cls, service, item, quantity, recipe, title, code }
      : { key, measure, basis, region, class: cls, service, item, quantity, recipe, title, method, code }
  })
}

function headOf(list: InputList, set: IndicatorSet, input: ComputeInput): AccountHead {
  return {
    title: list.title,
    year: list.year,
    priceYear: list.priceYear,
    set: set.id,
    setTitle: set.title,
    status: list.status,
    legalDate: yearEnd(list.year),
    region: list.region.code,
    regions: input.regions,
    sample: list.sample ?? false,
    engine: input.engine,
    ...(list.prepared ? { prepared: list.prepared } : {}),
    ...(list.boundaries?.mapNumber ? { mapNumber: list.boundaries.mapNumber } : {}),
  }
}

/** One finding for each service, type and reason, naming the places. */
function missingFindings(lines: readonly Line[], className: (c: string) => Text): readonly Finding[] {
  const groups = new Map<string, Line[]>()
  for (const l of lines.filter((x) => x.state === 'missing' || x.state === 'unpriced')) {
    const at = `${l.state}|${l.service}|${l.class}|${l.reason?.zh}`
    const some = groups.get(at)
    if (some) some.push(l)
    else groups.set(at, [l])
  }
  return [...groups.values()].map((some) => {
    const l = some[0]!
    const service = SERVICES.find((s) => s.id === l.service)!.title
    const cls = l.class === '-' ? text('全部类型', 'all types') : className(l.class)
    const places = [...new Set(some.map((x) => x.region))]
    const values = {
      service: service.zh,
      serviceEn: service.en,
      class: cls.zh,
      classEn: cls.en,
      regions: places.length > 3 ? `${places.slice(0, 3).join('、')} 等 ${places.length} 处` : places.join('、'),
      regionsEn:
        places.length > 3 ? `${places.slice(0, 3).join(', ')} and ${places.length - 3} more` : places.join(', '),
      reason: l.reason?.zh ?? '',
      reasonEn: l.reason?.en ?? '',
    }
    return accountProblem(l.state === 'missing' ? 'account.missing' : 'account.unpriced', values)
  })
}

function lapsedFindings(
  book: RuleBook,
  used: readonly { method: string }[],
  date: Parameters<RuleBook['lapsed']>[1],
): readonly Problem[] {
  const ids = new Set(used.map((u) => u.method))
  const rules = methodsOfIds(ids).flatMap((m) =>
    m.stages.flatMap((s) => (s.rule ? book.rules.filter((r) => r.id === s.rule) : [])),
  )
  return rules.flatMap((r) =>
    book
      .lapsed(r, date)
      // An account of an early year may rest on a later text; only one that has ended needs a word.
      .filter((i) => i.force.to !== undefined && i.force.to < date)
      .map((i) =>
        accountProblem('account.instrument-lapsed', {
          rule: r.id,
          instrument: i.title.zh,
          instrumentEn: i.title.en,
          to: i.force.to ?? '',
        }),
      ),
  )
}

const methodsOfIds = (ids: ReadonlySet<string>) => METHODS.filter((m) => ids.has(m.id))

/** GEP of the account's region in 元, or undefined where nothing could be valued. */
export const gepOf = (
  account: Pick<Account, 'figures' | 'head'>,
  basis: 'constant' | 'current' = 'constant',
): Quantity | undefined => figureTable(account).quantity(valueKey(basis, account.head.region))
