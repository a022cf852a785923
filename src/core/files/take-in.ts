// Content as it is taken from people: looked at before it gets its name. Limits by kind; photos lose what is not the picture, and
// what they said is told; what runs by itself is refused. The file store itself knows nothing of this: a backup or a run writes
// what it has.
// Always holds: what was refused stands nowhere; what is stored of a photo is the stripped one, and both hashes are told.

import { ProblemError } from '../../kernel/index.ts'
import { FILE_LIMIT_BYTES, type FileStore, type Look, type StoredFile } from './file-store.ts'
import { FILE_TYPES, type FileType } from './file-type.ts'
import { pdfFacts } from './pdf-look.ts'
import { photoFacts, strippedPhoto, type PhotoFacts } from './photo.ts'
import { filesProblem } from './problems.ts'
import { svgActive } from './svg-look.ts'

const MB = 1024 * 1024

/** Most bytes of a kind, in MB; the others have the limit of the whole upload. A photo of a phone with 200 megapixels stays below
 *  48; a PDF of a hundred scanned pages below 100; what is larger is no document but data, and goes in as an archive. */
const KIND_MOST_MB: Partial<Readonly<Record<FileType, number>>> = {
  jpeg: 48,
  png: 48,
  svg: 5,
  pdf: 100,
  docx: 50,
  xlsx: 100,
  text: 50,
}

export interface TakenIn extends StoredFile {
  /** What a photo said of itself before it was stripped. */
  readonly photo?: PhotoFacts
  /** The content as it was given, where something else was stored. */
  readonly given?: { readonly hash: string; readonly size: number }
}

/** Looks through an archive of parts (docx, xlsx) within limits. @throws ProblemError */
export type LookThrough = (bytes: Uint8Array) => void

/** @param how.limit most bytes of any kind
 *  @throws ProblemError what `put` throws, and `files.kind-too-large`, `files.photo-kind`, `files.damaged-picture`, `files.pdf-…`,
 *  `files.svg-active`, whatever `lookThrough` says */
export async function takeIn(
  store: Pick<FileStore, 'put'>,
  content: Uint8Array | AsyncIterable<Uint8Array>,
  { limit = FILE_LIMIT_BYTES, lookThrough }: { readonly limit?: number; readonly lookThrough: LookThrough },
): Promise<TakenIn> {
  let more: Pick<TakenIn, 'photo' | 'given'> = {}
  const look: Look = async (file, read) => {
    requireFit(file)
    if (file.type === 'jpeg' || file.type === 'png') {
      const bytes = await read()
      const stripped = strippedPhoto(file.type, bytes)
      if (Buffer.compare(stripped, bytes) === 0) return undefined
      more = { photo: await photoFacts(bytes), given: { hash: file.hash, size: file.size } }
      return stripped
    }
    if (file.type === 'pdf') requireQuietPdf(await read())
    if (file.type === 'svg') requireQuietSvg(await read())
    if (file.type === 'docx' || file.type === 'xlsx') lookThrough(await read())
    return undefined
  }
  const stored = await store.put(content, { limit, look })
  return { ...stored, ...more }
}

function requireFit({ type, size }: StoredFile): void {
  const { zh, en } = FILE_TYPES[type].title
  const limitMb = KIND_MOST_MB[type]
  if (limitMb !== undefined && size > limitMb * MB)
    throw new ProblemError(filesProblem('files.kind-too-large', { kind: zh, kindEn: en, limitMb }))
  if (type === 'heic' || type === 'webp')
    throw new ProblemError(filesProblem('files.photo-kind', { kind: zh, kindEn: en }))
}

function requireQuietPdf(bytes: Uint8Array): void {
  const { active, locked, damaged } = pdfFacts(bytes)
  if (locked) throw new ProblemError(filesProblem('files.pdf-locked'))
  if (active.length > 0) throw new ProblemError(filesProblem('files.pdf-script', { what: active.join('、') }))
  if (damaged) throw new ProblemError(filesProblem('files.pdf-damaged'))
}

function requireQuietSvg(bytes: Uint8Array): void {
  const what = svgActive(bytes)
  if (what !== undefined) throw new ProblemError(filesProblem('files.svg-active', { what }))
}
