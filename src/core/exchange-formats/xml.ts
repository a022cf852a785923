// XML from outside, read as a stream of events with prefixes dropped, so that transitional, strict and prefixed
// writings of one part look alike. A document type declaration is refused: it serves entity attacks and nothing else.

import { SaxesParser } from 'saxes'

export interface XmlEvents {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
}

/** Feeds pieces of a part to the parser. @throws Error on ill-formed XML; the caller turns it into a problem. */
export function xmlReader(events: XmlEvents): { write(chunk: Uint8Array): void; end(): void } {
  const parser = new SaxesParser({ xmlns: false, position: false })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', () => {
    throw new Error('document type declaration')
  })
  parser.on('opentag', (tag) => events.open(local(tag.name), tag.attributes))
  if (events.close) parser.on('closetag', (tag) => events.close!(local(tag.name)))
  if (events.text) {
    parser.on('text', (text) => events.text!(text))
    parser.on('cdata', (text) => events.text!(text))
  }
  let decoder: InstanceType<typeof TextDecoder> | undefined
  return {
    write(chunk) {
      decoder ??= new TextDecoder(chunk[0] === 0xff ? 'utf-16le' : chunk[0] === 0xfe ? 'utf-16be' : 'utf-8', {
        fatal: true,
      })
      parser.write(decoder.decode(chunk, { stream: true }))
    },
    end() {
      parser.write(decoder?.decode() ?? '')
      parser.close()
    },
  }
}

function local(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

/** An attribute by its local name, whatever its prefix (`r:id`). */
export function attribute(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  if (name in attributes) return attributes[name]
  for (const key in attributes) if (key.endsWith(`:${name}`)) return attributes[key]
  return undefined
}

/** True as XML Schema writes it. */
export const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true' || value === 'on'
