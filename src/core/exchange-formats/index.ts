// What users bring and take away: folders, workbooks, delimited text, boundaries, raster headers, archives.
// Everything read here is untrusted; whatever is wrong with it comes back as problems, never as a crash.

export * from './byte-source.ts'
export * from './data-file.ts'
export * from './delimited.ts'
export * from './folder.ts'
export * from './geojson.ts'
export * from './heading.ts'
export * from './number-of.ts'
export * from './sheet.ts'
export * from './table.ts'
export * from './vector.ts'
export type * from './vector-layer.ts'
export * from './workbook.ts'
export * from './write-csv.ts'
export * from './write-workbook.ts'
export * from './xml.ts'
export * from './zip.ts'
