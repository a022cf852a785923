// Chance for the sample county: whole numbers drawn from a seed and a label. There is no state, so what is drawn for one
// cell never depends on how many others were drawn before it, and two years of one seed share what they name alike.

import { dec, decText } from '../../../kernel/index.ts'

export interface Dice {
  /** A whole number from `low` to `high`, both included. */
  draw(label: string, low: number, high: number): number
}

/** FNV-1a over the code units of a text. */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}

/** One step of mulberry32: 32 bits from 32 bits, whole numbers only. */
function mulberry(state: number): number {
  const a = (state + 0x6d2b79f5) | 0
  const b = Math.imul(a ^ (a >>> 15), a | 1)
  const c = b ^ (b + Math.imul(b ^ (b >>> 7), b | 61))
  return (c ^ (c >>> 14)) >>> 0
}

export const diceOf = (seed: number): Dice => ({
  draw: (label, low, high) => low + (mulberry(hash(`${seed}|${label}`)) % (high - low + 1)),
})

/** `1234, 2` → `12.34`. */
export const fixed = (n: number, places: number): string => decText(dec(n).div(`1e${places}`))

/** `n × parts ÷ of`, rounded down; whole numbers, so that every machine agrees. */
export const part = (n: number, parts: number, of: number): number => Math.floor((n * parts) / of)
