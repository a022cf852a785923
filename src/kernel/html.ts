// The one way HTML and SVG are written: a tagged template that escapes every value put into it.
// Always holds: text from outside can never open a tag or leave an attribute; only `Markup` made here passes unescaped.

declare const made: unique symbol
/** Markup that came out of `html`. */
export interface Markup {
  readonly [made]?: never
  readonly markup: string
}

export type Piece = string | number | Markup | undefined | false | readonly Piece[]

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Control characters are illegal in XML and are dropped. */
export const escapeText = (s: string): string =>
  s.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"']/g, (c) => ESCAPES[c]!)

const isList = (p: Piece): p is readonly Piece[] => Array.isArray(p)

function piece(p: Piece): string {
  if (p === undefined || p === false) return ''
  if (typeof p === 'string') return escapeText(p)
  if (typeof p === 'number') return String(p)
  if (isList(p)) return p.map(piece).join('')
  return p.markup
}

export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return { markup: parts.reduce((s, part, i) => s + (i === 0 ? '' : piece(pieces[i - 1])) + part, '') }
}

/** Markup made by this room's own drawing code (charts, maps, style sheets); never for text from outside. */
export const ownMarkup = (markup: string): Markup => ({ markup })
