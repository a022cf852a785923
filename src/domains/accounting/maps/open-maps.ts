// From the maps of a list to one stack on one grid, with the facts they give: areas by region and type, and what changed
// between two years. Always holds: files stay open until `close`, and nothing is held of them but a few tiles.

import { ProblemError, quantity, type Problem } from '../../../kernel/index.ts'
import type { RuleBook } from '../../../core/rules/index.ts'
import { bandOnGrid, alignmentText, crsText, oneZoneTiles, zoneTiles, type Band } from '../../../raster/index.ts'
import { findArgument } from '../arguments.ts'
import type { Binding, InputList } from '../input-list.ts'
import type { ReadFacts } from '../inputs/index.ts'
import { CLASS_MAPS } from '../inputs/check-list.ts'
import { classNames } from '../inputs/names.ts'
import type { Fact, MapUse } from '../model.ts'
import { bandNumber } from './band-number.ts'
import { accountBands, bandProblem } from './bands-of-account.ts'
import { changeFacts } from './land-cover-change.ts'
import { LAKE_CLASS, lakeFacts } from './lakes.ts'
import { classMap, type ClassMap } from './land-cover.ts'
import { mapFiles, originIn, type MapFiles, type MapRaster, type MapSource } from './map-files.ts'
import { bandId, type MapStack } from './map-stack.ts'
import { placedAt } from './placed-at.ts'
import { problem } from './problems.ts'
import { plannedBands } from './stack-plan.ts'
import { bandSurvey, surveyAlone } from './survey-bands.ts'
import type { WorkingCache } from './working-cache.ts'
import { accountZones } from './zones-of-account.ts'

export interface OpenMaps {
  readonly stack?: MapStack
  /** Areas of the map, where no table gives them, and land-cover change. */
  readonly facts: readonly Fact[]
  readonly problems: readonly Problem[]
  /** With those of a survey that was left to the pass over the maps. */
  readonly problemsAfterPass: () => readonly Problem[]
}

/** Whether the bands are looked through on opening, or by the pass that computes the account. */
export type Survey = 'now' | 'with-pass'

export function openMaps(
  folder: string,
  list: InputList,
  read: ReadFacts,
  book: RuleBook,
  survey: Survey = 'now',
  cache?: WorkingCache,
): OpenMaps {
  const bindings = read.mapBindings
  if (bindings.length === 0) return without([])
  const covers = bindings.filter((b) => b.argument === 'land-cover')
  const files = [...new Set(bindings.map((b) => b.file))].join('、')
  if (covers.length === 0) return without([problem('maps.no-land-cover', { files }, { file: bindings[0]!.file })])
  if (covers.length > 1)
    return without([problem('maps.two-land-covers', { count: covers.length }, { file: covers[1]!.file })])
  const earlier = bindings.filter((b) => b.argument === 'area.opening')
  if (earlier.length > 1) {
    const title = findArgument('area.opening')!.title
    const [first, second] = [earlier[0]!.file, earlier[1]!.file]
    const values = { argument: title.zh, argumentEn: title.en, first, second }
    return without([problem('maps.listed-twice', values, { file: second })])
  }
  const rasters = mapFiles(folder, read, cache)
  try {
    return opened(covers[0]!, { folder, list, read, book, survey, cache }, rasters)
  } catch (e) {
    rasters.close()
    if (e instanceof ProblemError) return without(e.problems)
    throw e
  }
}

const without = (problems: readonly Problem[]): OpenMaps => ({ facts: [], problems, problemsAfterPass: () => problems })

interface Opening {
  readonly folder: string
  readonly list: InputList
  readonly read: ReadFacts
  readonly book: RuleBook
  readonly survey: Survey
  readonly cache: WorkingCache | undefined
}

function opened(cover: Binding, { folder, list, read, book, survey: when, cache }: Opening, files: MapFiles): OpenMaps {
  const { raster, source } = files.open(cover.file)
  const wrong = bandProblem(cover, raster)
  if (wrong) throw new ProblemError(wrong)
  const band = bandNumber(cover.column)!
  const { grid } = raster
  const names = classNames(book.classifications.find((c) => c.id === 'ecosystem-types')!)
  const zones = accountZones(grid, list, read, cache)
  const classes = classMap({ band: raster.band(band), source, grid, zones, binding: cover, names, cache })
  const others = read.mapBindings.filter((b) => !CLASS_MAPS.includes(b.argument))
  const bands = accountBands(grid, list, others, read.facts, files.open)
  const nothing = classes.rows.length === 0 && !classes.problems.some((p) => p.severity === 'red')
  const problems = [
    ...zones.problems,
    ...classes.problems,
    ...(nothing ? [problem('maps.nothing-inside', {}, { file: cover.file, band })] : []),
    ...bands.problems,
  ]
  if (problems.some((p) => p.severity === 'red')) {
    files.close()
    return without(problems)
  }
  const use = coverUse(cover, band, raster, source, list)
  const before = read.mapBindings.find((b) => b.argument === 'area.opening')
  const changed = before
    ? changeFacts({
        before: openingBand(before, raster, files),
        binding: before,
        zones,
        classes,
        grid,
        names,
        list,
        files,
        cache,
      })
    : { facts: [], problems: [] }
  const lakes = (): readonly Fact[] =>
    lakeFacts({ band: raster.band(band), grid, codes: classes.codesOf(LAKE_CLASS), zones, use, list, cache })
  const facts = [
    ...(has(read, 'area') ? [] : areaFacts(classes, use, list)),
    ...(has(read, 'lake-area') ? [] : lakes()),
    ...changed.facts.filter((f) => !has(read, f.argument)),
  ]
  const maps = {
    name: classes.name,
    grid,
    rows: classes.rows,
    keys: classes.keys,
    areaOfRow: classes.areaOfRow,
    bands: bands.bands,
  }
  const survey = bandSurvey(maps, cache)
  if (when === 'now') surveyAlone(maps, survey)
  const told = [...problems, ...changed.problems, ...besideTables([...bands.bands.keys()], read)]
  const after = differences(read, classes, cover.file)
  const problemsAfterPass = (): readonly Problem[] => {
    if (!survey.isDone) surveyAlone(maps, survey)
    return [...told, ...survey.problems(), ...after]
  }
  return {
    stack: {
      ...maps,
      survey,
      // Drawn only where somebody looks at them.
      get zones() {
        return zones.polygons.map((polygons, i) => ({ region: zones.regions[i]!, polygons }))
      },
      regionTiles: () => {
        const runs = zones.plainRuns()
        const { regions } = zones
        return { regions, tiles: runs ? zoneTiles(runs, grid, regions.length) : oneZoneTiles(grid) }
      },
      plan: () => {
        const runs = zones.plainRuns()
        const { rows, coding } = classes
        const { regions } = zones
        const own = { folder, grid, rows, coding, regions, cover: { file: cover.file, band } }
        return { ...own, bands: plannedBands(bands.bands), ...(runs ? { runs } : {}) }
      },
      uses: [use, ...[...bands.bands.values()].map((b) => b.use)],
      close: files.close,
    },
    facts,
    problems: when === 'now' ? problemsAfterPass() : [...told, ...after],
    problemsAfterPass,
  }
}

const has = (read: ReadFacts, argument: string): boolean => read.facts.some((f) => f.argument === argument)

function openingBand(b: Binding, cover: MapRaster, files: MapFiles): Band {
  const { raster } = files.open(b.file)
  const wrong = bandProblem(b, raster)
  if (wrong) throw new ProblemError(wrong)
  const n = bandNumber(b.column)!
  return placedAt({ file: b.file, band: n }, () => bandOnGrid(raster.band(n), cover.grid, 'nearest'))
}

function coverUse(b: Binding, band: number, raster: MapRaster, source: MapSource, list: InputList): MapUse {
  const { grid } = raster
  const step = grid.crs.kind === 'geographic' ? '°' : 'm'
  const size = `${grid.width} × ${grid.height}, ${grid.dx} × ${grid.dy} ${step}`
  return {
    id: 'land-cover',
    argument: 'land-cover',
    title: findArgument('land-cover')!.title,
    unit: '1',
    year: list.year,
    origin: originIn(source, { file: b.file, band }),
    crs: crsText(grid.crs),
    size: { zh: size, en: size },
    alignment: alignmentText(bandOnGrid(raster.band(band), grid, 'nearest').alignment),
  }
}

/** `area|region|class|-|year`: counted pixels times the area of each. */
function areaFacts(classes: ClassMap, use: MapUse, list: InputList): readonly Fact[] {
  return classes.rows.map((r) => ({
    id: ['area', r.region, r.class, '-', String(list.year)].join('|'),
    argument: 'area',
    region: r.region,
    class: r.class,
    year: list.year,
    quantity: quantity(String(r.area), 'm2'),
    typed: `${r.pixels} 像元`,
    origin: originIn(use.origin, { file: use.origin.file, band: use.origin.band!, pixels: r.pixels }),
    mark: 'reported',
  }))
}

/** A factor that a table gives as well: pixels take the map, and whoever listed both should know. */
function besideTables(ids: readonly string[], read: ReadFacts): readonly Problem[] {
  return ids.flatMap((id) => {
    const argument = findArgument(id.split('|')[0]!)!
    const fact = read.facts.find((f) => bandId(f.argument, f.item) === id)
    return fact
      ? [
          problem(
            'maps.also-a-table',
            { argument: argument.title.zh, argumentEn: argument.title.en },
            { file: fact.origin.file },
          ),
        ]
      : []
  })
}

/** Where a table gives areas too, the two are laid side by side. */
const TOLERATED = 0.05
function differences(read: ReadFacts, classes: ClassMap, file: string): readonly Problem[] {
  const names = new Map(read.regions.map((r) => [r.code, r.name.zh]))
  return classes.rows.flatMap((r) => {
    const own = read.facts.filter(
      (f) =>
        f.argument === 'area' && f.region === r.region && (f.class === r.class || f.class?.startsWith(`${r.class}.`)),
    )
    if (own.length === 0) return []
    const table = own.reduce(
      (s, f) => s + (f.quantity.value.toNumber() * Number(f.quantity.unit.num)) / Number(f.quantity.unit.den),
      0,
    )
    const share = Math.abs(table - r.area) / Math.max(table, r.area)
    if (share <= TOLERATED) return []
    const hectares = (m2: number): string => String(Math.round(m2 / 1000) / 10)
    const values = {
      region: names.get(r.region) ?? r.region,
      class: r.class,
      classEn: r.class,
      table: hectares(table),
      map: hectares(r.area),
      share: String(Math.round(share * 1000) / 10),
    }
    return [problem('maps.area-differs', values, { file })]
  })
}
