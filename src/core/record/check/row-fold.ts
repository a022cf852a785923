// What all acts together wrote, in little memory: for each row only a hash of its key, a hash of how it was left, and the leaf
// of the act that left it so. Three arrays, no object a row: 37 bytes a slot, so 53 to 106 MB for a million rows.
// 128 bits of SHA-256 each: rows that meet by chance are not to be expected in any database.

import { createHash } from 'node:crypto'
import { columnNames, keyOfCells, type Cells, type Table } from '../../store/index.ts'

/** Four words of key, four of row, one of leaf + 1; 0 there is an empty slot. */
const WORDS = 9
const LEAF = 8
const FIRST_SLOTS = 1024
/** Fuller than this, looking up becomes slow. */
const FULL = 0.7

export interface Folded {
  /** The act that wrote the row last. */
  readonly leaf: number
  readonly same: boolean
}

export interface RowFold {
  readonly rows: number
  /** An act left the row like this. */
  write(t: Table, cells: Cells, leaf: number): void
  /** The database has this row. Undefined where no act wrote one with this key. */
  meet(t: Table, cells: Cells): Folded | undefined
  /** Whether the row is one that the database does not have and this act wrote last; asked once a row. */
  takeMissing(t: Table, cells: Cells, leaf: number): boolean
  /** Leaves of acts whose rows the database does not have, ascending. */
  missing(): readonly number[]
}

export function rowFold(): RowFold {
  let slots = FIRST_SLOTS
  let words = new Uint32Array(slots * WORDS)
  let met = new Uint8Array(slots)
  let rows = 0

  /** The slot of a key, or the empty one where it would go. */
  const slotOf = (key: Uint32Array, from = 0): number => {
    for (let s = key[from]! % slots; ; s = s + 1 === slots ? 0 : s + 1) {
      const at = s * WORDS
      if (words[at + LEAF] === 0) return s
      if (
        words[at] === key[from] &&
        words[at + 1] === key[from + 1] &&
        words[at + 2] === key[from + 2] &&
        words[at + 3] === key[from + 3]
      )
        return s
    }
  }

  const grow = (): void => {
    const old = words
    const oldSlots = slots
    slots *= 2
    words = new Uint32Array(slots * WORDS)
    met = new Uint8Array(slots)
    for (let s = 0; s < oldSlots; s++) {
      const at = s * WORDS
      if (old[at + LEAF] !== 0) words.set(old.subarray(at, at + WORDS), slotOf(old, at) * WORDS)
    }
  }

  return {
    get rows() {
      return rows
    },
    write: (t, cells, leaf) => {
      if (rows >= slots * FULL) grow()
      const key = keyHash(t, cells)
      const at = slotOf(key) * WORDS
      if (words[at + LEAF] === 0) rows++
      words.set(key, at)
      words.set(rowHash(t, cells), at + 4)
      words[at + LEAF] = leaf + 1
    },
    meet: (t, cells) => {
      const slot = slotOf(keyHash(t, cells))
      const at = slot * WORDS
      if (words[at + LEAF] === 0) return undefined
      met[slot] = 1
      const row = rowHash(t, cells)
      return { leaf: words[at + LEAF]! - 1, same: row.every((w, i) => words[at + 4 + i] === w) }
    },
    takeMissing: (t, cells, leaf) => {
      const slot = slotOf(keyHash(t, cells))
      if (words[slot * WORDS + LEAF] !== leaf + 1 || met[slot] === 1) return false
      met[slot] = 1
      return true
    },
    missing: () => {
      const leaves = new Set<number>()
      for (let s = 0; s < slots; s++) {
        const leaf = words[s * WORDS + LEAF]!
        if (leaf !== 0 && met[s] === 0) leaves.add(leaf - 1)
      }
      return [...leaves].sort((a, b) => a - b)
    },
  }
}

const hash = (text: string): Uint32Array => {
  const digest = createHash('sha256').update(text).digest()
  return Uint32Array.of(digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8), digest.readUInt32LE(12))
}
const keyHash = (t: Table, cells: Cells): Uint32Array => hash(`${t.name}\u0000${keyOfCells(t, cells)}`)
const rowHash = (t: Table, cells: Cells): Uint32Array =>
  hash(JSON.stringify(columnNames(t).map((c) => cells[c] ?? null)))
