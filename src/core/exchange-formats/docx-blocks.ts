// The text of a Word document: paragraphs with their headings and alignment, tables, in order; for previews and for printing
// where there is no Word. Pictures, colours and fields are left out; nothing of the file is carried out or loaded.
// Format: ECMA-376 part 1, WordprocessingML, 17.3 and 17.4.

import { readZip, type ZipLimits } from './zip.ts'
import { attribute, isTrue, xmlReader } from './xml.ts'

export interface DocxRun {
  readonly text: string
  readonly bold: boolean
}

export type DocxBlock =
  | {
      readonly kind: 'paragraph'
      /** 1 to 6; 0 is running text. */
      readonly heading: number
      readonly align: 'start' | 'center' | 'end'
      readonly runs: readonly DocxRun[]
    }
  | { readonly kind: 'table'; readonly rows: readonly (readonly (readonly DocxBlock[])[])[] }

export const DOCX_LIMITS: ZipLimits = { totalBytes: 256 * 1024 * 1024, entries: 5_000 }
const DOCUMENT = 'word/document.xml'

/** Undefined where the file is no Word document or its text is not well formed.
 *  @throws ProblemError `zip.…` */
export function docxBlocks(bytes: Uint8Array): readonly DocxBlock[] | undefined {
  const part = readZip(bytes, DOCX_LIMITS, undefined, (name) => name === DOCUMENT).get(DOCUMENT)
  if (!part) return undefined
  try {
    return blocksOf(part)
  } catch {
    // Ill-formed XML from outside: there is no text to show.
    return undefined
  }
}

interface Row {
  readonly cells: DocxBlock[][]
}
interface Open {
  readonly rows: Row[]
}

function blocksOf(part: Uint8Array): readonly DocxBlock[] {
  const blocks: DocxBlock[] = []
  const tables: Open[] = []
  let runs: DocxRun[] = []
  let heading = 0
  let align: 'start' | 'center' | 'end' = 'start'
  let [bold, inText] = [false, false]
  const into = (): DocxBlock[] => tables.at(-1)?.rows.at(-1)?.cells.at(-1) ?? blocks
  const say = (text: string): void => {
    const last = runs.at(-1)
    if (last && last.bold === bold) runs[runs.length - 1] = { text: last.text + text, bold }
    else runs.push({ text, bold })
  }
  const reader = xmlReader({
    open: (name, attributes) => {
      const value = attribute(attributes, 'val')
      if (name === 'p') [runs, heading, align] = [[], 0, 'start']
      else if (name === 'r') bold = false
      else if (name === 'b') bold = value === undefined || isTrue(value)
      else if (name === 't') inText = true
      else if (name === 'tab') say('\t')
      else if (name === 'br' || name === 'cr') say('\n')
      else if (name === 'jc')
        align = value === 'center' ? 'center' : value === 'right' || value === 'end' ? 'end' : 'start'
      else if (name === 'pStyle') heading = Number(/^(?:heading|标题)\s*([1-6])$/i.exec(value ?? '')?.[1] ?? 0)
      else if (name === 'outlineLvl') heading = Math.min(6, Number(value ?? 8) + 1)
      else if (name === 'tbl') tables.push({ rows: [] })
      else if (name === 'tr') tables.at(-1)?.rows.push({ cells: [] })
      else if (name === 'tc') tables.at(-1)?.rows.at(-1)?.cells.push([])
    },
    close: (name) => {
      if (name === 't') inText = false
      else if (name === 'p') into().push({ kind: 'paragraph', heading: heading > 6 ? 0 : heading, align, runs })
      else if (name === 'tbl') {
        const closed = tables.pop()
        if (closed) into().push({ kind: 'table', rows: closed.rows.map((r) => r.cells) })
      }
    },
    text: (text) => void (inText && say(text)),
  })
  reader.write(part)
  reader.end()
  return blocks
}
