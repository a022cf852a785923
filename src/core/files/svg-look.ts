// What an SVG holds beside a drawing: script, handlers, foreign markup, anything fetched from elsewhere. Read as XML, so that
// no way of writing hides it. Serves uploads: a drawing that is saved and opened must do nothing but be seen.

import { SaxesParser } from 'saxes'

const FOREIGN = [
  'script',
  'foreignobject',
  'iframe',
  'object',
  'embed',
  'audio',
  'video',
  'handler',
  'listener',
  'set',
  'animate',
]
/** Attributes that name something to load or to go to. */
const LINKS = ['href', 'src', 'xlink:href', 'data', 'formaction']
/** Within the drawing, or a picture that is part of the file. */
const OWN_LINK = /^\s*(#|data:image\/(png|jpeg|gif|webp)[;,]|$)/i

/** What is wrong with it, in a word; undefined where it is a drawing and nothing else. */
export function svgActive(bytes: Uint8Array): string | undefined {
  let found: string | undefined
  const say = (what: string): void => void (found ??= what)
  const parser = new SaxesParser({ xmlns: false, position: false })
  parser.on('doctype', (text) => {
    if (/ENTITY|\[/i.test(text)) say('ENTITY')
  })
  parser.on('processinginstruction', ({ target }) => {
    if (/stylesheet/i.test(target)) say('xml-stylesheet')
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element = name.split(':').at(-1)!.toLowerCase()
    if (FOREIGN.includes(element)) say(element)
    for (const [key, value] of Object.entries(attributes)) {
      const attribute = key.toLowerCase()
      if (/^on/.test(attribute.split(':').at(-1)!)) say(attribute)
      if (LINKS.includes(attribute) && !OWN_LINK.test(String(value))) say(attribute)
      if (fetches(String(value))) say(`${attribute}: url()`)
    }
  })
  parser.on('text', (text) => void (fetches(text) && say('@import')))
  parser.on('cdata', (text) => void (fetches(text) && say('@import')))
  try {
    parser.on('error', (e) => {
      throw e
    })
    parser.write(new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes)).close()
  } catch {
    return found ?? '不是完整的 XML not well-formed'
  }
  return found
}

/** Style that loads: `@import`, `url(…)` other than of a part of the drawing. */
const fetches = (text: string): boolean =>
  /@import|javascript:/i.test(text) || /url\(\s*["']?\s*(?!["']?\s*#)(?!data:image\/)/i.test(text)

const encodingOf = (bytes: Uint8Array): string =>
  bytes[0] === 0xff ? 'utf-16le' : bytes[0] === 0xfe ? 'utf-16be' : 'utf-8'
