// A document as the screens read it out of the rows of `documents`, and how its size, its photo's place and time and its end are said.

import type { Text } from '../../kernel/index.ts'
import { textOf, type Row } from '../table/rows.ts'

/** How one looks at it: in place, as the browser draws it, as a page the house makes of it, or not at all. */
export type Look = 'image' | 'pdf' | 'page' | 'none'

export interface DocumentShown {
  readonly id: string
  readonly hash: string
  readonly name: string
  /** A key of `FILE_TYPES`. */
  readonly type: string
  readonly sizeBytes: number
  readonly version: number
  readonly status: string
  readonly look: Look
  readonly takenAt?: string
  /** `111.488333, 28.902500` */
  readonly position?: string
  readonly keepUntil?: string
  readonly note?: string
}

const LOOKS: Readonly<Record<string, Look>> = {
  jpeg: 'image',
  png: 'image',
  pdf: 'pdf',
  docx: 'page',
  xlsx: 'page',
  csv: 'page',
  text: 'page',
}

export function documentOf(row: Row): DocumentShown {
  const word = (name: string): string => textOf(row, name) ?? ''
  const may = (name: string): string | undefined => textOf(row, name)
  const [longitude, latitude] = [may('longitude'), may('latitude')]
  const disposed = word('status') === 'disposed'
  return {
    id: word('id'),
    hash: word('hash'),
    name: word('name'),
    type: word('type'),
    sizeBytes: Number(row['size'] ?? 0),
    version: Number(row['version'] ?? 1),
    status: word('status'),
    look: disposed ? 'none' : (LOOKS[word('type')] ?? 'none'),
    ...(may('takenAt') === undefined ? {} : { takenAt: may('takenAt')!.replace('T', ' ') }),
    ...(longitude === undefined || latitude === undefined ? {} : { position: `${longitude}, ${latitude}` }),
    ...(may('keepUntil') === undefined ? {} : { keepUntil: may('keepUntil')! }),
    ...(may('note') === undefined ? {} : { note: may('note')! }),
  }
}

/** `1.2 MB`, in powers of ten as file managers tell it. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const [unit, scale] = bytes < 1_000_000 ? (['KB', 1000] as const) : (['MB', 1_000_000] as const)
  const n = bytes / scale
  return `${n >= 100 ? Math.round(n) : Math.round(n * 10) / 10} ${unit}`
}

export const STATUS: Readonly<Record<string, Text>> = {
  attached: { zh: '有效', en: 'in force' },
  replaced: { zh: '已有新版本', en: 'replaced' },
  withdrawn: { zh: '已撤下', en: 'withdrawn' },
  disposed: { zh: '已销毁', en: 'disposed of' },
}
