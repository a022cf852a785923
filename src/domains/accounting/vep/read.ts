// A folder with vep.yaml, a workbook, a boundary file and papers → units whose every number is a fact with its origin.
// Always holds: nothing is guessed; what is missing stays missing and is told by the check; each paper is hashed.

import {
  civilDate,
  findUnit,
  parseDecimal,
  ProblemError,
  sameDimensions,
  unit as unitOf,
  type CivilDate,
  type Problem,
} from '../../../kernel/index.ts'
import {
  findFile,
  readFileByName,
  readGeoJson,
  readWorkbook,
  type PolygonLayer,
} from '../../../core/exchange-formats/index.ts'
import type { Fact, SourceFile } from '../model.ts'
import { EVIDENCE, factId, type Chosen, type Evidence, type VepFile, type VepUnit } from './model.ts'
import { checkPolygon, polygonArea, type Polygon, type Position } from './polygon.ts'
import { problem } from './problems.ts'
import { readInputs, readProducts, rowsBySheet, type UnitSheets } from './read-rows.ts'
import type { UnitYaml, VepYaml } from './schema.ts'
import { readVepYaml, type Path, type YamlRead } from './yaml.ts'

export const LIST_NAME = 'vep.yaml'

/** Everything the units are read from, by what it is. */
interface Desk {
  readonly yaml: VepYaml
  readonly list: SourceFile
  readonly place: YamlRead['place']
  readonly date: CivilDate
  readonly layer: PolygonLayer | undefined
  readonly boundaries: SourceFile
  readonly rows: UnitSheets
  open(name: string): SourceFile | undefined
  readonly problems: Problem[]
}

/** Reads a folder. @throws ProblemError where vep.yaml, the workbook or the boundary file cannot be used at all */
export function readVepFolder(folder: string): VepFile {
  const list = readList(folder)
  const { yaml, place } = list
  const problems: Problem[] = []
  const sources = new Map<string, SourceFile>([[LIST_NAME, list.source]])
  const open = (name: string): SourceFile | undefined => {
    const known = sources.get(name)
    if (known) return known
    try {
      findFile(folder, name)
    } catch (e) {
      if (e instanceof ProblemError) return undefined
      throw e
    }
    const { sha256, bytes } = readFileByName(folder, name)
    const source = { file: name, sha256, bytes: bytes.length }
    sources.set(name, source)
    return source
  }
  const workbook = readFileByName(folder, yaml.workbook)
  const boundaries = readFileByName(folder, yaml.boundaries.file)
  const book = readWorkbook(workbook.bytes, workbook.name)
  problems.push(...book.problems)
  const desk: Desk = {
    yaml,
    list: list.source,
    place,
    date: dateAt(yaml.date, place(['date']), problems),
    layer: layerOf(boundaries.bytes, boundaries.name, problems),
    boundaries: open(yaml.boundaries.file)!,
    rows: rowsBySheet(book.sheets, open(yaml.workbook)!.sha256, new Set(yaml.units.map((u) => u.id)), problems),
    open,
    problems,
  }
  problems.push(...(desk.layer?.problems ?? []))
  const seen = new Set<string>()
  for (const [i, u] of yaml.units.entries()) {
    if (seen.has(u.id)) problems.push(problem('vep.id-twice', { unit: u.id }, place(['units', i, 'id'])))
    seen.add(u.id)
  }
  const red = problems.filter((p) => p.severity === 'red')
  if (red.some((p) => p.code === 'vep.id-twice' || p.code === 'date.not-a-date')) throw new ProblemError(problems)
  const units = yaml.units.map((u, i) => readUnit(u, i, desk))
  const { prepared = {}, mapNumber } = yaml
  return {
    head: {
      title: yaml.title,
      date: desk.date,
      sample: yaml.sample ?? false,
      prepared: { ...prepared },
      ...(mapNumber ? { mapNumber } : {}),
    },
    units,
    sources: [...sources.values()].sort((a, b) => (a.file < b.file ? -1 : 1)),
    problems,
  }
}

function readList(folder: string): {
  readonly yaml: VepYaml
  readonly source: SourceFile
  readonly place: YamlRead['place']
} {
  let content: ReturnType<typeof readFileByName>
  try {
    content = readFileByName(folder, LIST_NAME)
  } catch (e) {
    if (e instanceof ProblemError && e.problems[0]?.code === 'folder.file-missing')
      throw new ProblemError(problem('vep.no-list', {}, { file: LIST_NAME }))
    throw e
  }
  const read = readVepYaml(new TextDecoder().decode(content.bytes), LIST_NAME)
  if (!read.data) throw new ProblemError(read.problems)
  return {
    yaml: read.data,
    source: { file: LIST_NAME, sha256: content.sha256, bytes: content.bytes.length },
    place: read.place,
  }
}

function layerOf(bytes: Uint8Array, name: string, problems: Problem[]): PolygonLayer | undefined {
  try {
    return readGeoJson(bytes, name)
  } catch (e) {
    if (!(e instanceof ProblemError)) throw e
    problems.push(...e.problems)
    return undefined
  }
}

function dateAt(text: string, at: ReturnType<YamlRead['place']>, problems: Problem[]): CivilDate {
  try {
    return civilDate(text)
  } catch (e) {
    if (!(e instanceof ProblemError)) throw e
    problems.push(...e.problems.map((p) => ({ ...p, at })))
    return text as CivilDate
  }
}

function readUnit(u: UnitYaml, index: number, desk: Desk): VepUnit {
  const problems: Problem[] = []
  const at = (path: Path): ReturnType<YamlRead['place']> => desk.place(['units', index, ...path])
  const day = (text: string, path: Path): CivilDate => dateAt(text, at(path), problems)
  const paper = (file: string, what: { readonly zh: string; readonly en: string }, path: Path): string => {
    const source = desk.open(file)
    if (!source)
      problems.push(problem('vep.file-missing', { unit: u.id, file, what: what.zh, whatEn: what.en }, at(path)))
    return source?.sha256 ?? ''
  }
  const chosen = (argument: string, key: keyof UnitYaml & string, want: string): Chosen | undefined => {
    const given = u[key] as { readonly value: string; readonly ground?: string } | undefined
    if (given === undefined) return undefined
    const fact = listFact(argument, given.value, want, u.id, desk, at([key, 'value']), problems)
    return fact && { fact, ground: given.ground ?? '' }
  }
  const boundary = boundaryOf(u.id, desk, problems)
  const evidence = u.evidence.map((e, i): Evidence => ({
    ...e,
    sha256: paper(e.file, EVIDENCE[e.kind], ['evidence', i, 'file']),
  }))
  const term = u.term === undefined ? undefined : listFact('vep.term', u.term, 'a', u.id, desk, at(['term']), problems)
  const right = {
    kind: u.right.kind,
    holder: u.right.holder,
    proof: { ...u.right.proof, sha256: paper(u.right.proof.file, EVIDENCE['right-proof'], ['right', 'proof', 'file']) },
    from: day(u.right.from, ['right', 'from']),
    to: day(u.right.to, ['right', 'to']),
  }
  const products = readProducts(u.id, desk.date, desk.rows)
  const inputs = readInputs(u, desk.date, desk.rows, chosen)
  problems.push(...products.problems, ...inputs.problems)
  return {
    id: u.id,
    name: u.name,
    kind: u.kind,
    region: u.region,
    boundary,
    area: areaFact(
      u.id,
      boundary,
      desk,
      problems.some(
        (p) => p.code.startsWith('vep.polygon') || p.code.endsWith('boundary') || p.code.endsWith('boundaries'),
      ),
    ),
    right,
    ...(term ? { term } : {}),
    ...(u.school ? { school: u.school } : {}),
    method: u.method,
    use: u.use,
    valid: { from: day(u.valid.from, ['valid', 'from']), to: day(u.valid.to, ['valid', 'to']) },
    evidence,
    products: products.products,
    inputs: inputs.inputs,
    risks: u.risks ?? [],
    line: at([]).line,
    problems,
  }
}

const yearOf = (date: CivilDate): number => Number(date.slice(0, 4))

/** A number written in vep.yaml itself: `5 %`, `0.35`, `20`. */
function listFact(
  argument: string,
  typed: string,
  want: string,
  unit: string,
  desk: Desk,
  at: ReturnType<YamlRead['place']>,
  problems: Problem[],
): Fact | undefined {
  const [, number, unitText] = /^([+-]?[\d.]+)\s*(\S*)$/.exec(typed) ?? []
  const value = parseDecimal(number ?? '')
  const found = findUnit(unitText === '' || unitText === undefined ? (want === 'a' ? 'a' : '1') : unitText)
  if (!value || !found || !sameDimensions(found, unitOf(want))) {
    problems.push(problem('vep.bad-unit', { text: typed, want }, at))
    return undefined
  }
  return {
    id: factId(argument, unit, '-', yearOf(desk.date)),
    argument,
    region: unit,
    year: yearOf(desk.date),
    quantity: { value, unit: found },
    typed,
    origin: { file: LIST_NAME, sha256: desk.list.sha256, line: at.line },
    mark: 'reported',
  }
}

function boundaryOf(unit: string, desk: Desk, problems: Problem[]): Polygon {
  const { file, key } = desk.yaml.boundaries
  if (!desk.layer) return []
  const features = desk.layer.features.filter((f) => String(f.properties[key]) === unit)
  const polygons = features.flatMap((f) => f.polygons)
  if (polygons.length === 0) {
    problems.push(problem('vep.no-boundary', { unit, file, key }, { file }))
    return []
  }
  if (polygons.length > 1) {
    problems.push(problem('vep.many-boundaries', { unit, count: polygons.length }, { file }))
    return []
  }
  const polygon = polygons[0]!.map((ring) => ring.map((p): Position => [p[0]!, p[1]!]))
  problems.push(...checkPolygon(unit, polygon, { file }))
  return polygon
}

function areaFact(unit: string, boundary: Polygon, desk: Desk, unsound: boolean): Fact {
  const points = boundary.reduce((n, ring) => n + ring.length - 1, 0)
  return {
    id: factId('vep.area', unit, '-', yearOf(desk.date)),
    argument: 'vep.area',
    region: unit,
    year: yearOf(desk.date),
    quantity: polygonArea(unsound ? [] : boundary),
    typed: `${unit} 多边形，${points} 个拐点`,
    origin: { file: desk.boundaries.file, sha256: desk.boundaries.sha256 },
    mark: 'reported',
  }
}
