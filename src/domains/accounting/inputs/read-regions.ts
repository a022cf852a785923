// The region list and the boundaries of an account. Always holds: codes are unique, every parent is known, no circle,
// and the account's own region is the root.

import {
  missingAttribute,
  polygonsOfLayer,
  readVector,
  type Heading,
  type Table,
  type VectorCrs,
} from '../../../core/exchange-formats/index.ts'
import { ProblemError, type Place, type Problem, type Region } from '../../../kernel/index.ts'
import type { InputList } from '../input-list.ts'
import type { BoundaryFeature } from '../model.ts'
import { findColumn, tablePlace } from './columns.ts'
import { problem } from './problems.ts'
import type { Sources } from './sources.ts'

export interface ReadRegions {
  readonly regions: readonly Region[]
  readonly problems: readonly Problem[]
}

/** The regions of a list; without a region list the account's region alone. */
export function readRegions(sources: Sources, list: InputList): ReadRegions {
  const root: Region = { code: list.region.code, kind: 'administrative', name: list.region.name }
  if (!list.regions) return { regions: [root], problems: [] }
  const { file, sheet: sheetName, header } = list.regions
  const sheet = sources.sheet(file, sheetName)
  if ('code' in sheet) return { regions: [root], problems: [sheet] }
  const table = sources.table(sheet, header)
  const columns = [list.regions.code, list.regions.name, list.regions.parent].map((c) =>
    c === undefined ? undefined : findColumn(table, c),
  )
  const missing = columns.filter((c): c is Problem => c !== undefined && 'severity' in c)
  if (missing.length > 0) return { regions: [root], problems: missing }
  const [code, name, parent] = columns as [Heading, Heading, Heading | undefined]
  return checkTree(root, readRows(table, code, name, parent, root.code), table)
}

interface Row {
  readonly region: Region
  readonly cell: string
}

function readRows(
  table: Table,
  code: Heading,
  name: Heading,
  parent: Heading | undefined,
  root: string,
): readonly (Row | Problem)[] {
  const position = (h: Heading): number => table.headings.indexOf(h)
  return table.rows.flatMap((row): readonly (Row | Problem)[] => {
    const shown = (h: Heading): string => row.cells[position(h)]?.text.trim() ?? ''
    const [c, n, p] = [shown(code), shown(name), parent ? shown(parent) : '']
    const cell = `${code.column}${row.row}`
    if (c === '' && n === '') return []
    if (c === '' || n === '') {
      const what = c === '' ? '代码 (code)' : '名称 (name)'
      return [problem('region.empty', { what }, tablePlace(table, c === '' ? cell : `${name.column}${row.row}`))]
    }
    const above = p !== '' ? p : c === root ? undefined : root
    const region: Region = {
      code: c,
      kind: 'administrative',
      name: { zh: n, en: n },
      ...(above === undefined ? {} : { parent: above }),
    }
    return [{ region, cell }]
  })
}

function checkTree(root: Region, read: readonly (Row | Problem)[], table: Table): ReadRegions {
  const problems: Problem[] = []
  const rows = new Map<string, Row>()
  for (const row of read) {
    if (!('region' in row)) {
      problems.push(row)
      continue
    }
    const first = rows.get(row.region.code)
    if (first)
      problems.push(
        problem(
          'region.duplicate',
          { region: row.region.code, first: first.cell, second: row.cell },
          tablePlace(table, row.cell),
        ),
      )
    else rows.set(row.region.code, row)
  }
  const named = rows.get(root.code)
  // A county is often handed in with its parents; the account begins at its own region.
  const top: Region = { ...root, ...(named ? { name: { zh: named.region.name.zh, en: root.name.en } } : {}) }
  if (!named && ![...rows.values()].some((r) => r.region.parent === root.code))
    problems.push(problem('region.outside', { region: root.code }, tablePlace(table)))
  const kept = new Map<string, Region>([[root.code, top]])
  for (const { region, cell } of rows.values()) {
    const path = [region.code]
    let state: 'below' | 'beside' | undefined = region.code === root.code ? 'below' : undefined
    for (let p = region.parent; !state; p = p === undefined ? p : rows.get(p)?.region.parent) {
      if (p === undefined) state = 'beside'
      else if (p === root.code) state = 'below'
      else if (path.includes(p)) {
        problems.push(problem('region.cycle', { path: [...path, p].join(' → ') }, tablePlace(table, cell)))
        state = 'beside'
      } else if (!rows.has(p)) {
        // The parent of the account's own region may stand outside the list; nobody else's may.
        if (path.length === 1)
          problems.push(problem('region.unknown-parent', { region: region.code, parent: p }, tablePlace(table, cell)))
        state = 'beside'
      } else path.push(p)
    }
    if (state === 'below' && region.code !== root.code) kept.set(region.code, region)
  }
  return { regions: [...kept.values()].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)), problems }
}

/** What the file says of its coordinates, and what the list declares where the file is silent. */
export interface BoundaryCrs extends VectorCrs {
  readonly datum?: string
}

export interface ReadBoundaries {
  readonly boundaries: readonly BoundaryFeature[]
  readonly boundaryCrs?: BoundaryCrs
  readonly problems: readonly Problem[]
}

/** The polygons of the regions, by the code each feature carries, in the coordinates of the file. */
export function readBoundaries(sources: Sources, list: InputList, regions: readonly Region[]): ReadBoundaries {
  if (!list.boundaries) return { boundaries: [], problems: [] }
  const { file, layer: wanted, code: property, datum } = list.boundaries
  const at: Place = { file }
  const source = sources.vector(file)
  if (!('bytes' in source)) return { boundaries: [], problems: source }
  try {
    const layer = readVector(source, wanted === undefined ? {} : { layer: wanted })
    const polygons = polygonsOfLayer(layer, at)
    // A missing .prj is no lack where the list says what the file does not.
    const problems = [...layer.problems, ...polygons.problems].filter(
      (p) => datum === undefined || p.code !== 'vector.prj-missing',
    )
    const known = new Set(regions.map((r) => r.code))
    const boundaries: BoundaryFeature[] = []
    const missing = missingAttribute(layer, property, at)
    if (missing) problems.push(missing)
    else
      for (const f of polygons.features) {
        const code = codeOf(f.properties[property])
        if (code === '') problems.push(problem('boundary.no-code', { number: f.number, property }, at))
        else if (!known.has(code)) problems.push(problem('boundary.unknown-region', { region: code }, at))
        else
          boundaries.push({
            region: code,
            polygons: f.polygons.map((p) => p.map((ring) => ring.map((xy) => [xy[0]!, xy[1]!] as const))),
          })
      }
    boundaries.sort((a, b) => (a.region < b.region ? -1 : a.region > b.region ? 1 : 0))
    return { boundaries, boundaryCrs: { ...layer.crs, ...(datum === undefined ? {} : { datum }) }, problems }
  } catch (e) {
    if (e instanceof ProblemError) return { boundaries: [], problems: e.problems }
    throw e
  }
}

const codeOf = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'string' ? String(value).trim() : ''
