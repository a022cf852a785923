// Which sheet is the region list and which file holds the boundaries.

import {
  readVector,
  vectorLayers,
  type Table,
  type VectorLayer,
  type VectorSource,
} from '../../../core/exchange-formats/index.ts'
import { ProblemError, text, type Problem, type Region, type Text } from '../../../kernel/index.ts'
import type { InputList } from '../input-list.ts'
import { columnName } from './columns.ts'

export interface RegionGuess {
  readonly regions: NonNullable<InputList['regions']>
  readonly all: readonly Region[]
  readonly root: { readonly code: string; readonly name: Text; readonly sure: boolean }
  readonly question?: Text
}

const CODE = /^\d{6}(\d{3}|\d{6})?$/
const NAMED = /(代码|编码|区划|code)/i

/** A sheet of codes and names, perhaps with parents, and nothing to count. */
export function guessRegions(table: Table): RegionGuess | undefined {
  if (table.headings.length < 2 || table.rows.length < 1) return undefined
  const texts = table.headings.map((_, k) => table.rows.map((r) => r.cells[k]?.text.trim() ?? ''))
  const codeAt = texts.findIndex((t) => t.every((s) => CODE.test(s)) && new Set(t).size === t.length)
  if (codeAt < 0) return undefined
  const codes = texts[codeAt]!
  const nameAt = texts.findIndex(
    (t, k) => k !== codeAt && t.every((s) => /[\u4e00-\u9fffA-Za-z]{2}/.test(s)) && new Set(t).size === t.length,
  )
  if (nameAt < 0) return undefined
  const parentAt = texts.findIndex(
    (t, k) =>
      k !== codeAt &&
      t.some((s) => s !== '') &&
      t.every((s, r) => s === '' || (CODE.test(s) && s !== codes[r])) &&
      new Set(t).size < Math.max(2, t.length),
  )
  const others = texts.filter((_, k) => k !== codeAt && k !== nameAt && k !== parentAt)
  // A table with numbers to count is data by region, not the list of regions.
  if (others.some((t) => t.some((s) => /^\d+(\.\d+)?$/.test(s) && !CODE.test(s)))) return undefined
  const names = texts[nameAt]!
  const parents = parentAt < 0 ? codes.map(() => '') : texts[parentAt]!
  const known = new Set(codes)
  const rows = codes.map((code, k) => ({ code, name: names[k]!, parent: parents[k]! }))
  const top = rows.find((r) => !known.has(r.parent) && rows.some((x) => x.parent === r.code))
  const outer = [...new Set(parents.filter((p) => p !== '' && !known.has(p)))]
  const shared = `${codes[0]!.slice(0, 4)}00`
  const root = top
    ? { code: top.code, name: text(top.name, top.name), sure: true }
    : outer.length === 1
      ? { code: outer[0]!, name: text(outer[0]!, outer[0]!), sure: false }
      : codes.length === 1
        ? { code: codes[0]!, name: text(names[0]!, names[0]!), sure: true }
        : { code: shared, name: text(shared, shared), sure: false }
  const [c, n, p] = [codeAt, nameAt, parentAt].map((k) => (k < 0 ? undefined : table.headings[k]!))
  const named = NAMED.test(c!.text) && /(名|name)/i.test(n!.text)
  return {
    regions: {
      file: table.file,
      ...(table.sheet === '' ? {} : { sheet: table.sheet }),
      code: columnName(table, c!),
      name: columnName(table, n!),
      ...(p ? { parent: columnName(table, p) } : {}),
    },
    all: rows.map((r) => ({
      code: r.code,
      kind: 'administrative',
      name: text(r.name, r.name),
      ...(r.parent === '' ? {} : { parent: r.parent }),
    })),
    root,
    ...(named
      ? {}
      : { question: text('这是地区表吗？列名没有说明', 'Is this the list of regions? Its headings do not say') }),
  }
}

export interface BoundaryGuess {
  readonly boundaries: NonNullable<InputList['boundaries']>
  readonly question?: Text
}

/** The layer and the attribute that name the region of each polygon. */
export function guessBoundaries(
  source: VectorSource,
  file: string,
  regions: readonly Region[],
): BoundaryGuess | readonly Problem[] | undefined {
  try {
    const names = vectorLayers(source)
    const known = new Set(regions.map((r) => r.code))
    const best = names
      .flatMap((name) =>
        codeAttributes(readVector(source, { layer: name }), known).map((found) => ({ ...found, name })),
      )
      .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))[0]
    if (!best || best.score < 1) return undefined
    const { epsg, stated } = best.layer.crs
    return {
      boundaries: {
        file,
        ...(names.length > 1 ? { layer: best.name } : {}),
        code: best.key,
        ...(stated && epsg !== undefined ? { datum: `EPSG:${epsg}` } : {}),
      },
      ...(best.score >= 3
        ? {}
        : { question: text(`属性“${best.key}”是地区代码吗？`, `Is the property "${best.key}" the region code?`) }),
    }
  } catch (e) {
    if (!(e instanceof ProblemError)) throw e
    // An archive or a database of something else is no broken boundary.
    return e.problems.every((p) => /^vector\.(no-layer|not-geopackage)$/.test(p.code)) ? undefined : e.problems
  }
}

/** How well each attribute of the polygons would do as the region code. */
function codeAttributes(
  layer: VectorLayer,
  known: ReadonlySet<string>,
): readonly { readonly key: string; readonly score: number; readonly layer: VectorLayer }[] {
  const features = layer.features.filter((f) => f.geometry?.kind === 'polygon')
  if (features.length === 0) return []
  const keys = [...new Set(features.flatMap((f) => Object.keys(f.properties)))]
  return keys.map((key) => {
    const values = features.map((f) => {
      const value = f.properties[key]
      return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
    })
    if (new Set(values).size < values.length) return { key, score: 0, layer }
    const hits = values.filter((v) => known.has(v)).length / values.length
    const shaped = values.filter((v) => CODE.test(v)).length / values.length
    return { key, score: hits * 2 + shaped + (NAMED.test(key) ? 0.5 : 0), layer }
  })
}
