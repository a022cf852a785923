// What somebody submits, copied into plain JSON before anything looks at it. Untrusted: it may be deep, huge, circular,
// or carry keys that mean something to JavaScript. Always holds: the copy is a tree of limited size made of our own
// objects, without `__proto__` and without what JSON cannot write.

import type { Json } from '../canonical-json.ts'
import type { Problem } from '../problem.ts'
import { CHARACTERS_MAX, DEPTH_MAX, VALUES_MAX } from './limits.ts'

type Step = string | number
export type Path = readonly Step[]

export interface TakenIn {
  /** Undefined where the whole was refused. */
  readonly json?: Json
  readonly problems: readonly Problem[]
}

/** The problems `takeIn` can find, made by the caller who knows the names of the fields. */
export interface Refusals {
  readonly notJson: (path: Path) => Problem
  readonly unknown: (path: Path) => Problem
  readonly tooDeep: (path: Path) => Problem
  readonly tooLarge: () => Problem
}

export function takeIn(given: unknown, refuse: Refusals): TakenIn {
  const problems: Problem[] = []
  let [values, characters] = [0, 0]
  /** Undefined leaves a member out; a whole that is too large ends by `full`. */
  const full = (): boolean => values > VALUES_MAX || characters > CHARACTERS_MAX
  const copy = (value: unknown, path: Path): Json | undefined => {
    values++
    if (value === undefined || full()) return undefined
    if (value === null || typeof value === 'boolean') return value
    if (typeof value === 'string') {
      characters += value.length
      return value
    }
    if (typeof value === 'number' && Number.isFinite(value)) return value === 0 ? 0 : value
    if (typeof value !== 'object' || !(Array.isArray(value) || isPlain(value))) {
      problems.push(refuse.notJson(path))
      return undefined
    }
    if (path.length >= DEPTH_MAX) {
      problems.push(refuse.tooDeep(path))
      return undefined
    }
    return Array.isArray(value) ? rows(value, path) : members(value as Record<string, unknown>, path)
  }
  const rows = (list: readonly unknown[], path: Path): Json => {
    const out: Json[] = []
    for (let i = 0; i < list.length && !full(); i++) {
      // A hole would move the rows behind it; null is refused by the field of the row.
      out.push(copy(list[i], [...path, i]) ?? null)
    }
    return out
  }
  const members = (object: Readonly<Record<string, unknown>>, path: Path): Json => {
    const out: Record<string, Json> = {}
    for (const name of Object.keys(object)) {
      characters += name.length
      if (full()) break
      if (name === '__proto__') {
        problems.push(refuse.unknown([...path, name]))
        continue
      }
      const value = copy(object[name], [...path, name])
      if (value !== undefined) out[name] = value
    }
    return out
  }
  const json = copy(given, [])
  if (full()) return { problems: [refuse.tooLarge()] }
  return json === undefined ? { problems } : { json, problems }
}

function isPlain(value: object): boolean {
  const proto: unknown = Object.getPrototypeOf(value)
  return proto === null || proto === Object.prototype
}
