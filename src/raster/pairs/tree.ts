// A kernel with what feeds it, and the plain way to run it over pixels: strips in, a strip out, each kernel by its own loops.
// The twin of everything that runs two pixels at once, and who says why a pixel has no number.

import { NODATA, stripOf, VALID, type Strip } from '../band.ts'
import type { Kernel } from '../kernel/model.ts'

/** What stands behind one slot of a kernel. */
export type TreeSource =
  /** Place of a layer. With `table`: the layer holds codes, and these are their values. */
  | { readonly layer: number; readonly table?: ReadonlyMap<number, number> }
  /** One number for all pixels. */
  | { readonly number: number }
  /** A number for each key. */
  | { readonly byKey: Float64Array }
  /** The outcome of another kernel on the same pixel. */
  | { readonly tree: Tree }

export interface Tree {
  readonly kernel: Kernel
  /** One for each slot of the kernel. */
  readonly sources: readonly TreeSource[]
}

/** @param keys the key of each pixel, −1 for none. The strip is good until the next run. */
export type TreeRunner = (keys: Int32Array, pixels: number, layer: (place: number) => Strip) => Strip

/** @param most pixels of one run, at most */
export function treeRunner({ kernel, sources }: Tree, most: number): TreeRunner {
  const out = stripOf(most)
  const inner = sources.map((s) => ('tree' in s ? treeRunner(s.tree, most) : undefined))
  const gathered = sources.map((s) => ('byKey' in s || ('layer' in s && s.table) ? stripOf(most) : undefined))
  return (keys, pixels, layer) => {
    out.states.fill(VALID, 0, pixels)
    const inputs = sources.map((s, i): Float64Array | number => {
      if ('number' in s) return s.number
      if ('byKey' in s) return numbersByKey(s.byKey, keys, pixels, gathered[i]!.values)
      const strip =
        'tree' in s
          ? inner[i]!(keys, pixels, layer)
          : s.table
            ? throughTable(layer(s.layer), s.table, pixels, gathered[i]!)
            : layer(s.layer)
      takeStates(out.states, strip.states, pixels)
      return strip.values
    })
    kernel.run(inputs, pixels, out)
    return out
  }
}

function numbersByKey(own: Float64Array, keys: Int32Array, pixels: number, into: Float64Array): Float64Array {
  for (let p = 0; p < pixels; p++) into[p] = keys[p]! < 0 ? 0 : own[keys[p]!]!
  return into
}

/** Codes replaced by their values; a code without one has no number. */
function throughTable(codes: Strip, table: ReadonlyMap<number, number>, pixels: number, into: Strip): Strip {
  for (let p = 0; p < pixels; p++) {
    const value = codes.states[p] === VALID ? table.get(codes.values[p]!) : undefined
    into.values[p] = value ?? 0
    into.states[p] = codes.states[p] !== VALID ? codes.states[p]! : value === undefined ? NODATA : VALID
  }
  return into
}

/** A pixel that has no number yet keeps its reason; others take theirs from `from`. Four pixels at a time, since nearly all
 *  have a number. */
function takeStates(own: Uint8Array, from: Uint8Array, pixels: number): void {
  const words = new Uint32Array(from.buffer, from.byteOffset, pixels >> 2)
  for (let w = 0; w < words.length; w++)
    if (words[w] !== 0) for (let p = 4 * w; p < 4 * w + 4; p++) if (own[p] === VALID) own[p] = from[p]!
  for (let p = 4 * words.length; p < pixels; p++) if (own[p] === VALID) own[p] = from[p]!
}
