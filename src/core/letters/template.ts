// A template as it comes from an office's Word: opened within limits, looked through for what runs or loads, its fields listed.
// Serves the registering of templates and every filling.
// Always holds: a template that is taken holds fields and text; no macro, no object, nothing fetched.

import { ProblemError, type Problem } from '../../kernel/index.ts'
import { attribute, DOCX_LIMITS, readZip, xmlReader } from '../exchange-formats/index.ts'
import { letterProblem } from './problems.ts'
import { fieldsOf, type TemplateField } from './tags.ts'

export interface Template {
  /** Parts of the file by name. */
  readonly parts: ReadonlyMap<string, Uint8Array>
  readonly fields: readonly TemplateField[]
}

const DOCUMENT = 'word/document.xml'
/** Where text of a letter stands. */
const TEXT_PART = /^word\/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$/
/** Programs, objects, foreign parts. */
const ACTIVE_PART = /vbaProject|vbaData|activeX|\/embeddings\/|\/afchunk/i
/** Relations that load when the file is opened; links wait until somebody follows them. */
const LOADED = /attachedTemplate|oleObject|image|frame|subDocument|aFChunk/i
/** Field codes that fetch or start something. */
const FIELD_CODE = /\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON|DATABASE)\b/i

/** @returns the template, or all that speaks against it */
export function readTemplate(bytes: Uint8Array): Template | readonly Problem[] {
  let parts: ReadonlyMap<string, Uint8Array>
  try {
    parts = readZip(bytes, DOCX_LIMITS)
  } catch (e) {
    if (e instanceof ProblemError) return e.problems
    throw e
  }
  if (!parts.has(DOCUMENT) || !parts.has('[Content_Types].xml')) return [letterProblem('letter.not-word')]
  const problems: Problem[] = []
  const active = new Set([...parts.keys()].filter((name) => ACTIVE_PART.test(name)))
  const paragraphs: string[] = []
  for (const [name, content] of parts)
    try {
      if (name.endsWith('.rels')) for (const what of loadedOf(content)) active.add(what)
      if (!TEXT_PART.test(name)) continue
      const read = textOf(content)
      paragraphs.push(...read.paragraphs)
      for (const what of read.active) active.add(what)
    } catch {
      return [letterProblem('letter.not-word')]
    }
  for (const what of active) problems.push(letterProblem('letter.active', { what }))
  const { fields, problems: wrong } = fieldsOf(paragraphs)
  return problems.length + wrong.length > 0 ? [...problems, ...wrong] : { parts, fields }
}

function loadedOf(content: Uint8Array): readonly string[] {
  const found: string[] = []
  const reader = xmlReader({
    open: (name, attributes) => {
      const kind = (attribute(attributes, 'Type') ?? '').split('/').at(-1) ?? ''
      if (name === 'Relationship' && attribute(attributes, 'TargetMode') === 'External' && LOADED.test(kind))
        found.push(kind)
    },
  })
  reader.write(content)
  reader.end()
  return found
}

/** Paragraphs as one text each, since Word cuts a word into runs wherever it likes. A paragraph inside a paragraph (a text box) is
 *  one of its own. */
function textOf(content: Uint8Array): { readonly paragraphs: readonly string[]; readonly active: readonly string[] } {
  const paragraphs: string[] = []
  const open: string[] = []
  const active: string[] = []
  let place: 'text' | 'code' | undefined
  let code = ''
  const reader = xmlReader({
    open: (name, attributes) => {
      if (name === 'p') open.push('')
      else if (name === 't') place = 'text'
      else if (name === 'instrText') place = 'code'
      else if (name === 'fldSimple') code += ` ${attribute(attributes, 'instr') ?? ''}`
      else if (name === 'altChunk' || name === 'object') active.push(name)
    },
    close: (name) => {
      if (name === 't' || name === 'instrText') place = undefined
      else if (name === 'p') paragraphs.push(open.pop() ?? '')
    },
    text: (text) => {
      if (place === 'code') code += text
      else if (place === 'text' && open.length > 0) open[open.length - 1] += text
    },
  })
  reader.write(content)
  reader.end()
  const fetching = FIELD_CODE.exec(code)?.[1]
  return { paragraphs, active: [...active, ...(fetching === undefined ? [] : [fetching])] }
}
