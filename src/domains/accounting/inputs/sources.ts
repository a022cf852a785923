// Opens every file of a user's folder at most once and keeps what was read: sheets, tables, hashes.
// Never throws for a bad file: what is wrong stands in its problems. Maps may be gigabytes: their digest is taken when somebody
// asks for it, and not at all where nobody does.

import {
  digestOfFile,
  findBeside,
  findFile,
  laterDigest,
  readFileByName,
  readSheets,
  readTable,
  type FileContent,
  type FolderFile,
  type Sheet,
  type Table,
  type VectorSource,
} from '../../../core/exchange-formats/index.ts'
import { ProblemError, type Problem } from '../../../kernel/index.ts'
import type { SourceFile } from '../model.ts'
import { nearest } from './nearest.ts'
import { problem } from './problems.ts'

export interface OpenFile {
  readonly source?: SourceFile
  readonly sheets: readonly Sheet[]
  readonly problems: readonly Problem[]
}

export interface Sources {
  open(name: string): OpenFile
  /** The sheet a binding means, or why there is none. */
  sheet(name: string, sheet: string | undefined): Sheet | Problem
  table(sheet: Sheet, header: number | undefined): Table
  bytes(name: string): FileContent | readonly Problem[]
  /** A vector file; each companion that is read (.shx, .dbf, .prj, .cpg) counts as opened too. */
  vector(name: string): VectorSource | readonly Problem[]
  /** Everything opened so far, by name. */
  used(): readonly SourceFile[]
}

/** Outlives the reading, and holds nothing of it. */
function mapSource(file: FolderFile, digestOf: (map: FolderFile) => string): SourceFile {
  const digest = laterDigest(file, () => digestOf(file))
  return {
    file: file.name,
    get sha256() {
      return digest()
    },
    bytes: file.size,
  }
}

export const isMap = (name: string): boolean => /\.tiff?$/i.test(name)

/** @param digestOf takes the digest of a map */
export function openSources(
  folder: string,
  digestOf: (map: FolderFile) => string = (map) => digestOfFile(map, undefined),
): Sources {
  const files = new Map<string, OpenFile>()
  const contents = new Map<string, FileContent | readonly Problem[]>()
  const tables = new Map<Sheet, Map<number | undefined, Table>>()
  const sources = new Map<string, SourceFile>()

  const bytes: Sources['bytes'] = (name) => {
    let content = contents.get(name)
    if (!content) {
      try {
        content = readFileByName(folder, name)
        sources.set(name, { file: content.name, sha256: content.sha256, bytes: content.bytes.length })
      } catch (e) {
        if (!(e instanceof ProblemError)) throw e
        content = e.problems
      }
      contents.set(name, content)
    }
    return content
  }
  const vector: Sources['vector'] = (name) => {
    const content = bytes(name)
    if (!('bytes' in content)) return content
    const beside: VectorSource['beside'] = (baseName) => {
      const found = findBeside(folder, name, baseName)
      if (!found) return undefined
      // The journal of a database is looked at, not used: it goes when its program closes.
      if (baseName.endsWith('-wal')) return readFileByName(folder, found.name)
      const companion = bytes(found.name)
      if ('bytes' in companion) return companion
      throw new ProblemError(companion)
    }
    return { name: content.name, bytes: content.bytes, beside }
  }
  const openNew = (name: string): OpenFile => {
    if (isMap(name)) {
      // Maps may be larger than memory: hashed in pieces, read by the raster engine.
      try {
        const file = findFile(folder, name)
        const source = mapSource(file, digestOf)
        sources.set(name, source)
        return { source, sheets: [], problems: [] }
      } catch (e) {
        if (!(e instanceof ProblemError)) throw e
        return { sheets: [], problems: e.problems }
      }
    }
    const content = bytes(name)
    if (!('bytes' in content)) return { sheets: [], problems: content }
    return { source: sources.get(name)!, ...readSheets(content.bytes, content.name) }
  }
  const open: Sources['open'] = (name) => {
    let file = files.get(name)
    if (!file) files.set(name, (file = openNew(name)))
    return file
  }
  return {
    open,
    bytes,
    vector,
    sheet: (name, wanted) => {
      const { sheets, problems } = open(name)
      const red = problems.find((p) => p.severity === 'red' && p.at?.cell === undefined)
      if (sheets.length === 0) return red ?? problem('input.not-a-table', { name }, { file: name })
      const visible = sheets.filter((s) => !s.hidden)
      const names = sheets.map((s) => s.name)
      if (wanted === undefined)
        return visible.length === 1
          ? visible[0]!
          : problem('input.which-sheet', { sheets: names.join('、') }, { file: name })
      return (
        sheets.find((s) => s.name === wanted || s.name.trim() === wanted) ??
        problem('input.missing-sheet', { sheet: wanted, sheets: nearest(wanted, names, 5).join('、') }, { file: name })
      )
    },
    table: (sheet, header) => {
      const known = tables.get(sheet) ?? new Map<number | undefined, Table>()
      tables.set(sheet, known)
      let table = known.get(header)
      if (!table) known.set(header, (table = readTable(sheet, header === undefined ? {} : { headerRow: header })))
      return table
    },
    used: () => [...sources.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)),
  }
}
