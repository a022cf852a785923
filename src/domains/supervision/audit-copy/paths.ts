// Where things lie in a copy, and the words for a step of an approval: one place, since pages, workbooks and the manifest
// speak of the same.

import type { FileType } from '../../../core/files/index.ts'
import type { RequestStepRow } from '../../../core/record/index.ts'
import type { Names } from './names.ts'

/** Proofs in one folder: a file manager still lists them at once. */
const FOLDER = 1000

export const paths = {
  index: 'index.html',
  verifier: 'verify.html',
  readme: 'README.txt',
  log: (path: string): string => `log/${path}`,
  act: (leaf: number): string => `acts/${leaf}.html`,
  proof: (leaf: number): string => `proofs/${String(Math.floor(leaf / FOLDER)).padStart(4, '0')}/act-${leaf}.json`,
  document: (hash: string, type: string): string => `documents/${hash}${ENDINGS[type] ?? ''}`,
} as const

/** An auditor's machine opens a document by its ending; it is never taken from the name somebody gave. */
const ENDINGS: Readonly<Record<string, string>> = {
  pdf: '.pdf',
  png: '.png',
  jpeg: '.jpg',
  tiff: '.tif',
  xlsx: '.xlsx',
  docx: '.docx',
  zip: '.zip',
  csv: '.csv',
  text: '.txt',
} satisfies Partial<Record<FileType, string>>

/** 纸质签批：王某某（局长），2026-03-02，录入 …（申请人本人） */
export function stepText(s: RequestStepRow, names: Names): string {
  const who = `${names.person(s.person)}，${names.role(s.role)}`
  if (s.paper_signer === null) return s.stand_in_for === null ? who : `${who}，代 ${names.person(s.stand_in_for)}`
  const own = s.paper_by_requester ? '，申请人本人录入' : ''
  return `纸质签批：${s.paper_signer}，${s.paper_date ?? ''}，录入 ${who}${own}`
}
