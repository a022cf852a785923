// From facts to an account: physical first, then value, both kept. Pure: the same facts, list and rule book give the
// same figures in the same order on every machine. Serves A1, A3 (Hunan decision 四, Guizhou plan 三).

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
import type { IndicatorSet, RuleBook } from '../../../core/rules/index.ts'
import { codesInOrder, valueKey } from '../figure-key.ts'
import type { InputList } from '../input-list.ts'
import type { Account, AccountHead, BoundaryFeature, Fact, Figure, Finding, Line, SourceFile } from '../model.ts'
import type { MapStack } from '../maps/map-stack.ts'
import { accountProblem } from '../problems.ts'
import { findMethod, METHODS } from '../methods/index.ts'
import { requiredArguments } from '../methods/method.ts'
import { findArgument } from '../arguments.ts'
import { SERVICES, type ServiceId } from '../services.ts'
import { useFigures } from '../seea/use.ts'
import { bookOnClasses } from './booking.ts'
import { chooseMethods, methodsOf } from './choose-methods.ts'
import { draft as newDraft, type Draft } from './draft.ts'
import { addExtent } from './extent.ts'
import { factTable, type FactTable } from './fact-table.ts'
import {
  evaluated,
  mapsInSum,
  rowsOfGround,
  type AddedUp,
  type Ground,
  type MapsInSum,
  type RowInSum,
} from './ground.ts'
import { parameterLookup, ruleContext } from './parameters.ts'
import { addRatios } from './ratios.ts'
import { mapIds, pixelStages } from './pixels/pixel-stages.ts'
import type { RegionWatch } from './pixels/region-watch.ts'
import type { StageBand } from './pixels/stage-band.ts'
import { READING_MAPS } from './pixels/sum-pixels.ts'
import { methodLines, rowScope, type RowsContext } from './rows.ts'
import { addTotals } from './totals.ts'
import { parameterUses, priceUses, type PricedBy } from './uses.ts'

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
  /** All that was added up before, where it is known: the maps are not opened. */
  readonly ground?: Ground
  /** Handed what was added up, for `ground`. */
  readonly onAdded?: (added: AddedUp) => void
  /** Handed what was computed over pixels, while the maps are open. */
  readonly onStages?: (stages: readonly StageBand[]) => void
}

/** @throws ProblemError if the indicator set is unknown or counts something twice without a ground */
export function computeAccount(input: ComputeInput): Account {
  const { list, book } = input
  const set = findSet(book, list.set)
  const tree = regionTree(input.regions)
  const facts = factTable(input.facts, list.year, tree)
  const date = yearEnd(list.year)
  const parameter = parameterLookup(book, list.overrides ?? [], tree, date)
  const className = classNames(book)
  const byId = new Map(input.facts.map((f) => [f.id, f.quantity]))
  const d = newDraft(book, (id) => factQuantity(byId, id), parameter)
  const inSet = new Set(set.services)
  const chosen: Record<string, Record<string, string>> = {}
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
  const used: { service: ServiceId; method: string }[] = []
  const lines: Line[] = []
  const wanted = SERVICES.filter((s) => inSet.has(s.id) || list.methods?.[s.id])
  const maps = input.ground ? mapsInSum(input.ground) : input.maps
  const over = overPixels(wanted, maps, input, facts, withoutMaps)
  const before = { factors: evaluated(d, d.keys), chosen: { ...chosen } }
  const inSum: (readonly [string, RowInSum])[] = []
  const known = input.ground ? rowsOfGround(input.ground.added) : keeping(inSum, input)
  const rows: RowsContext = { ...withoutMaps, ...over.context, ...(known ? { known } : {}) }
  for (const [i, s] of wanted.entries()) {
    input.onProgress?.(i, wanted.length + 1, s.title)
    const made = serviceLines(s.id, maps, input, facts, rows, tree)
    const booked = bookOnClasses(made.lines, d, facts, className).map((l) =>
      inSet.has(s.id) ? l : { ...l, memo: true as const },
    )
    lines.push(...booked)
    used.push(...made.methods.map((method) => ({ service: s.id, method })))
  }
  input.onAdded?.({ methods: over.methods, ...before, rows: inSum })
  const itemTitles = new Map(lines.map((l) => [`${l.service}|${l.item}`, l.itemTitle]))
  addTotals(lines, { draft: d, tree, inSet, className, itemTitles })
  addExtent(facts, tree, d, className)
  addRatios(facts, tree, d, book, date)
  for (const f of useFigures([...d.figures.values()], book, ruleContext(tree, list.region.code, date)))
    d.add(
      { measure: f.measure, basis: f.basis, region: f.region, class: f.class, service: f.service, item: f.item },
      f.title,
      f.recipe,
    )

  const figures = withCodes(d)
  input.onProgress?.(wanted.length, wanted.length + 1, text('合计与检查', 'totals and checks'))
  const account: Account = {
    head: headOf(list, set, input),
    facts: [...input.facts].sort((a, b) => (a.id < b.id ? -1 : 1)),
    figures,
    lines,
    findings: [...input.findings, ...lapsedFindings(book, used, date), ...missingFindings(lines, className)],
    parameters: parameterUses(d, lines, priced),
    prices: priceUses(priced),
    sources: input.sources,
    fitness: [],
    methods: used.map((u) => ({ ...u, choices: chosen[u.method] ?? {} })),
    boundaries: input.boundaries,
    ...(maps ? { maps: mapsUsed(figures, maps) } : {}),
  }
  return account
}

/** Only where somebody wants to stand on them. */
const keeping = (rows: (readonly [string, RowInSum])[], { onAdded }: ComputeInput): RowsContext['known'] =>
  onAdded && { find: () => undefined, keep: (name, row) => void rows.push([name, row]) }

/** Everything the chosen methods want from the maps, in one pass over them. */
function overPixels(
  wanted: readonly { readonly id: ServiceId }[],
  stack: MapsInSum | undefined,
  { list, maps, ground, regions, onProgress, onRegions, onStages }: ComputeInput,
  facts: FactTable,
  rows: Omit<RowsContext, 'maps'>,
): { readonly methods: readonly string[]; readonly context: Pick<RowsContext, 'maps'> } {
  if (!stack) return { methods: [], context: {} }
  const methods = wanted
    .filter((s) => list.notApplicable?.[s.id] === undefined)
    .flatMap((s) => chooseMethods(s.id, list.methods?.[s.id], facts, stack))
    .filter((m) => m.path === 'raster')
  const ids = methods.map((m) => m.id)
  if (ground) {
    assert(ids.join() === ground.added.methods.join(), 'no price decides which methods serve')
    for (const { figure, uses } of ground.added.factors) rows.draft.put(figure, uses)
    for (const [method, own] of Object.entries(ground.added.chosen))
      for (const [choice, variant] of Object.entries(own)) rows.chose(method, choice, variant)
    return { methods: ids, context: { maps: { stack } } }
  }
  const stages = pixelStages(methods, maps!, (m, row) => rowScope(m, { region: row.region, class: row.class }, rows), {
    onTile: (done, of) => onProgress?.(done, of, READING_MAPS),
    ...(onRegions ? { regions: { tell: onRegions, nameOf: namesOf(regions) } } : {}),
  })
  onStages?.(stages.bands)
  return { methods: ids, context: { maps: { stack, stages } } }
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

function serviceLines(
  service: ServiceId,
  maps: MapsInSum | undefined,
  input: ComputeInput,
  facts: FactTable,
  rows: RowsContext,
  tree: RegionTree,
): { readonly lines: readonly Line[]; readonly methods: readonly string[] } {
  const { list } = input
  const blank = {
    region: list.region.code,
    class: '-',
    service,
    item: '*',
    itemTitle: text('全部', 'all'),
    method: '-',
  } as const
  const declared = list.notApplicable?.[service]
  if (declared !== undefined)
    return { lines: [{ ...blank, state: 'not-applicable', reason: text(declared, declared) }], methods: [] }
  if (service === 'R4' && isInland(tree, list.region.code))
    return {
      lines: [
        { ...blank, state: 'not-applicable', reason: text('本地区不临海，没有海岸带', 'the region has no coast') },
      ],
      methods: [],
    }
  const methods = chooseMethods(service, list.methods?.[service], facts, maps)
  const lines = methods.flatMap((m) => methodLines(m, rows))
  if (lines.length > 0) return { lines, methods: methods.map((m) => m.id) }
  const overMaps = list.methods?.[service]?.some((id) => findMethod(id)?.path === 'raster')
  const reason =
    overMaps && !maps
      ? text('缺：生态系统类型图（land-cover）', 'lacking: a map of ecosystem types (land-cover)')
      : lackOf(service, facts)
  return { lines: [{ ...blank, state: 'missing', reason }], methods: [] }
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
function mapsUsed(figures: readonly Figure[], maps: MapsInSum): Account['maps'] & object {
  // Thousands of rows share some tens of formulas.
  const formulas = new Set(figures.flatMap((f) => (f.recipe.kind === 'pixels' ? [f.recipe.of] : [])))
  const ids = new Set([...formulas].flatMap(mapIds))
  return maps.uses.filter((u, i) => i === 0 || ids.has(u.id))
}

function withCodes(d: Draft): readonly Figure[] {
  const keys = [...d.figures.keys()].sort()
  const codes = codesInOrder(keys)
  return keys.map((key, i) => {
    const { measure, basis, region, class: cls, service, item, quantity, recipe, title, method } = d.figures.get(key)!
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
): Quantity | undefined => account.figures.find((f) => f.key === valueKey(basis, account.head.region))?.quantity
