// One entry of the act journal as one line of text, and back. Every byte of the line is under a check:
//   {"n":7,"prev":"<hex>","bytes":42,"body":…,"chain":"<hex>","personal":{…},"sum":"<hex>"}
// chain = SHA-256(prev as 32 bytes ‖ n as 8 bytes, big end first ‖ body), so an entry fixes all entries before it;
// sum = SHA-256(chain as 32 bytes ‖ personal). Personal values stand outside the chain: they can be erased later,
// and what they were is checked against their commitments in the body.

import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '../../../kernel/index.ts'

/** The last entry of a journal: its number, counted from 1 without gaps, and its chain hash in hex. */
export interface JournalHead {
  readonly n: number
  readonly chain: string
}

/** The head of a journal without entries. */
export const NO_ENTRY: JournalHead = { n: 0, chain: '0'.repeat(64) }

/** By the text of its commitment: the salt and the value it commits to, or null where they were erased. */
export type Personal = Readonly<Record<string, { readonly salt: string; readonly value: Json } | null>>

export interface JournalEntry extends JournalHead {
  readonly prev: string
  /** Canonical JSON, one line. */
  readonly body: string
  readonly personal: Personal
}

/** What may be damaged in a line. */
export type LinePart = 'form' | 'number' | 'prev' | 'body' | 'personal' | 'end'

/** Bytes `from` to `to` of the line, counted from 1; one past its end is its line feed, which may stand too early. */
export interface LineFault {
  readonly part: LinePart
  readonly from: number
  readonly to: number
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const HASH = /^[0-9a-f]{64}$/
const SUM_TAIL = ',"sum":"'.length + 64 + '"}'.length

/** 0–9 or a–f. */
const isHexDigit = (byte: number): boolean => (byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 102)

function chainOf(n: number, prev: string, body: Uint8Array): string {
  const number = new Uint8Array(8)
  new DataView(number.buffer).setBigUint64(0, BigInt(n))
  return createHash('sha256').update(Buffer.from(prev, 'hex')).update(number).update(body).digest('hex')
}

const sumOf = (chain: string, personal: Uint8Array): string =>
  createHash('sha256').update(Buffer.from(chain, 'hex')).update(personal).digest('hex')

/** The line of the entry that follows `before`, with its line feed, and its chain hash. */
export function writeLine(
  before: JournalHead,
  body: string,
  personal: Personal,
): { readonly bytes: Uint8Array; readonly chain: string } {
  const bodyBytes = encoder.encode(body)
  const n = before.n + 1
  const chain = chainOf(n, before.chain, bodyBytes)
  const head = encoder.encode(`{"n":${n},"prev":"${before.chain}","bytes":${bodyBytes.length},"body":`)
  const tail = encoder.encode(`,"chain":"${chain}"`)
  return { bytes: Buffer.concat([head, bodyBytes, tail, personalTail(chain, personal)]), chain }
}

function personalTail(chain: string, personal: Personal): Uint8Array {
  const bytes = encoder.encode(canonicalJson(personal))
  const sum = encoder.encode(`,"sum":"${sumOf(chain, bytes)}"}\n`)
  return Buffer.concat([encoder.encode(',"personal":'), bytes, sum])
}

/** The entry of a line without its line feed, or which bytes of it are damaged. `before` only sharpens that answer:
 *  whether the entry follows it is for the caller to compare. */
export function readLine(line: Uint8Array, before?: JournalHead): JournalEntry | LineFault {
  let at = 0
  const view = Buffer.from(line.buffer, line.byteOffset, line.length)
  const text = (from: number, to: number): string => view.toString('latin1', from, to)
  /** Undefined when the literal stands here, else the first byte that differs. */
  const literal = (wanted: string): LineFault | undefined => {
    const found = text(at, Math.min(line.length, at + wanted.length))
    for (let i = 0; i < wanted.length; i++)
      if (found[i] !== wanted[i]) return { part: 'form', from: at + i + 1, to: at + i + 1 }
    at += wanted.length
    return undefined
  }
  const field = (part: LinePart, shape: RegExp, longest: number): { value: string; fault: LineFault } => {
    const from = at
    while (at < line.length && at - from < longest && isHexDigit(line[at]!)) at++
    const value = text(from, at)
    const good = shape.test(value)
    return { value: good ? value : '', fault: { part, from: from + 1, to: good ? at : at + 1 } }
  }

  let wrong = literal('{"n":')
  if (wrong) return wrong
  const n = field('number', /^[1-9][0-9]*$/, 15)
  if (n.value === '') return n.fault
  if ((wrong = literal(',"prev":"'))) return wrong
  const prev = field('prev', HASH, 64)
  if (prev.value === '') return prev.fault
  if ((wrong = literal('","bytes":'))) return wrong
  const size = field('form', /^[1-9][0-9]*$/, 15)
  if (size.value === '') return size.fault
  if ((wrong = literal(',"body":'))) return wrong
  const bodyFrom = at
  at += Number(size.value)
  const body = line.subarray(bodyFrom, at)
  // A damaged length lets the next literal miss, so it is as likely the culprit as what follows.
  if (at > line.length || literal(',"chain":"')) return { part: 'body', from: size.fault.from, to: line.length + 1 }
  const chain = field('body', HASH, 64)
  if (chain.value === '') return chain.fault
  const own = { n: Number(n.value), prev: prev.value, chain: chain.value }
  if (chainOf(own.n, own.prev, body) !== own.chain) {
    if (before && own.n !== before.n + 1) return n.fault
    if (before && own.prev !== before.chain) return prev.fault
    return { part: 'body', from: bodyFrom + 1, to: at }
  }
  if ((wrong = literal('","personal":'))) return wrong
  const personal = line.subarray(at, Math.max(at, line.length - SUM_TAIL))
  const inPersonal: LineFault = { part: 'personal', from: at + 1, to: line.length + 1 }
  at += personal.length
  if (literal(`,"sum":"${sumOf(own.chain, personal)}"}`) || at !== line.length) return inPersonal
  return { ...own, body: decoder.decode(body), personal: JSON.parse(decoder.decode(personal)) as Personal }
}

/** The line, with its line feed, after the named values were taken out; undefined when it holds none of them. */
export function lineWithout(
  entry: JournalEntry,
  line: Uint8Array,
  commitments: ReadonlySet<string>,
): ErasedLine | undefined {
  const held = Object.keys(entry.personal).filter((c) => entry.personal[c] !== null && commitments.has(c))
  if (held.length === 0) return undefined
  const kept: Personal = { ...entry.personal, ...Object.fromEntries(held.map((c) => [c, null])) }
  const old = encoder.encode(canonicalJson(entry.personal)).length + ',"personal":'.length + SUM_TAIL
  const bytes = Buffer.concat([line.subarray(0, line.length - old), personalTail(entry.chain, kept)])
  return { bytes, erased: held.length }
}

export interface ErasedLine {
  readonly bytes: Uint8Array
  /** How many values were taken out. */
  readonly erased: number
}
