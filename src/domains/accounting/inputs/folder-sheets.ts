// What an entry of an input list may point at: the sheets of a folder's files with their headings, and the bands of its maps.

import { readFolder, withFileSource } from '../../../core/exchange-formats/index.ts'
import { ProblemError } from '../../../kernel/index.ts'
import { readGeoTiffHeader } from '../../../raster/index.ts'
import { BAND } from './propose-map.ts'
import { isMap, openSources } from './sources.ts'

export interface FolderSheet {
  readonly file: string
  /** Left out where the file has one table or is a map. */
  readonly sheet?: string
  readonly columns: readonly string[]
}

/** Files that cannot be read are left out: the check list tells of them. */
export function folderSheets(folder: string): readonly FolderSheet[] {
  const sources = openSources(folder)
  return readFolder(folder).files.flatMap((file): readonly FolderSheet[] => {
    if (!isMap(file.name))
      return sources.open(file.name).sheets.map((sheet) => ({
        file: file.name,
        ...(sheet.name === '' ? {} : { sheet: sheet.name }),
        columns: sources.table(sheet, undefined).headings.map((h) => (h.text === '' ? h.column : h.text)),
      }))
    try {
      const bands = withFileSource(file, (source) => readGeoTiffHeader(source, file.name).bands)
      return [{ file: file.name, columns: Array.from({ length: bands }, (_, k) => BAND(k + 1)) }]
    } catch (e) {
      if (e instanceof ProblemError) return []
      throw e
    }
  })
}
