// One WebAssembly function written line by line: locals are made as values are kept, loops and branches are blocks of
// lines. Always holds: what `keep` gives may be used any number of times and is calculated once.

import { i32, TYPE_BYTE, unsigned, type Code, type ValueType } from './code.ts'

export interface Writer {
  /** Parameters, in order. */
  readonly given: readonly Code[]
  /** Calculates now and remembers. */
  keep(value: Code, type?: ValueType): Code
  /** Calculates now and remembers by way of the memory, where there is room: what it is made of is not put off until it is
   *  wanted, as a compiler otherwise does with long straight lines, whose values then find no register. */
  finish(value: Code): Code
  /** A place that changes: `get` reads it, `set` is a line that writes it. */
  variable(type: ValueType, first?: Code): { readonly get: Code; readonly set: (value: Code) => void }
  /** A line: code that leaves nothing behind. */
  line(code: Code): void
  /** Pieces of work that do not depend on each other, line by line in turn: a machine that waits for a line of one goes on
   *  with the other. */
  together<T>(works: readonly (() => T)[]): readonly T[]
  /** Lines that run where the condition (i32) holds. */
  when(condition: Code, lines: () => void): void
  /** Lines that run again as long as the condition holds before them. */
  loopWhile(condition: () => Code, lines: () => void): void
  /** Lines that run at least once, and again where the condition holds after them. */
  repeat(lines: () => void, condition: () => Code): void
}

export interface FunctionType {
  readonly takes: readonly ValueType[]
  readonly gives: readonly ValueType[]
}

/** Body of a function with its locals, as it stands in the code section. `write` returns what the function gives.
 *  @param through puts a value into the memory and takes it out again */
export function functionBody(type: FunctionType, write: (w: Writer) => Code, through: (value: Code) => Code): Code {
  const locals: ValueType[] = []
  let lines: Code[] = []
  const append = (code: Code): void => void lines.push(code)
  const local = (t: ValueType): number => type.takes.length + locals.push(t) - 1
  const linesOf = (work: () => void): readonly Code[] => {
    const outside = lines
    lines = []
    work()
    const inside = lines
    lines = outside
    return inside
  }
  const writer: Writer = {
    given: type.takes.map((_, i) => [0x20, ...unsigned(i)]),
    keep(value, t = 'v128') {
      const place = unsigned(local(t))
      append([value, 0x21, place])
      return [0x20, ...place]
    },
    variable(t, first) {
      const place = unsigned(local(t))
      const set = (value: Code): void => append([value, 0x21, place])
      if (first) set(first)
      return { get: [0x20, ...place], set }
    },
    finish: (value) => writer.keep(through(value)),
    line: append,
    together(works) {
      const results: ReturnType<(typeof works)[number]>[] = []
      const all = works.map((work) => linesOf(() => void results.push(work())))
      const longest = Math.max(0, ...all.map((own) => own.length))
      for (let i = 0; i < longest; i++) for (const own of all) if (i < own.length) append(own[i]!)
      return results
    },
    when(condition, work) {
      append([condition, 0x04, 0x40, linesOf(work), 0x0b])
    },
    loopWhile(condition, work) {
      // block { loop { leave unless condition; lines; again } }
      const inside = linesOf(() => {
        append([i32.eqz(condition()), 0x0d, 1])
        work()
        append([0x0c, 0])
      })
      append([0x02, 0x40, 0x03, 0x40, inside, 0x0b, 0x0b])
    },
    repeat(work, condition) {
      const inside = linesOf(() => {
        work()
        append([condition(), 0x0d, 0])
      })
      append([0x03, 0x40, inside, 0x0b])
    },
  }
  append(write(writer))
  const declared = locals.flatMap((t) => [1, TYPE_BYTE[t]])
  return [unsigned(locals.length), declared, lines, 0x0b]
}
