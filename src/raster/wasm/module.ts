// A WebAssembly module put together from functions and instantiated over a memory of its own. The binary is made when
// wanted and never stored. Always holds: functions are numbered in the order they are added, imports first.

import { binaryOf, i32, TYPE_BYTE, unsigned, v128, type Code } from './code.ts'
import { functionBody, type FunctionType, type Writer } from './function.ts'
import { webAssembly, type Memory } from './web-assembly.ts'

export interface ImportedFunction {
  readonly type: FunctionType
  readonly run: (...args: number[]) => number | void
}

export interface ModuleWriter {
  /** @returns the number to call it by */
  add(type: FunctionType, write: (w: Writer) => Code): number
  /** Makes a function reachable from outside under its name. */
  exports(name: string, index: number): void
  /** @param bytes size of the memory */
  instantiate(bytes: number): {
    readonly memory: Memory
    readonly functions: Readonly<Record<string, (...args: number[]) => number>>
  }
}

const PAGE = 65536
const text = (s: string): Code => [...unsigned(s.length), ...Buffer.from(s, 'latin1')]
const list = (items: readonly Code[]): Code => [unsigned(items.length), ...items]

function section(id: number, ...content: readonly Uint8Array[]): readonly Uint8Array[] {
  const bytes = content.reduce((n, part) => n + part.length, 0)
  return [binaryOf([id, unsigned(bytes)]), ...content]
}

/** Bytes of a scratch: one vector. */
export const SCRATCH_BYTES = 16

/** @param scratchAt address of a scratch; left out, nothing goes by way of the memory */
export function moduleWriter(imports: readonly ImportedFunction[], scratchAt?: number): ModuleWriter {
  const through = (value: Code): Code =>
    scratchAt === undefined ? value : [v128.store(i32.const(0), value, scratchAt), v128.load(i32.const(0), scratchAt)]
  const types: FunctionType[] = imports.map((i) => i.type)
  const bodies: Uint8Array[] = []
  const exported: { readonly name: string; readonly index: number }[] = []
  return {
    add(type, write) {
      bodies.push(binaryOf(functionBody(type, write, through)))
      return types.push(type) - 1
    },
    exports: (name, index) => void exported.push({ name, index }),
    instantiate(bytes) {
      const pages = Math.ceil(bytes / PAGE)
      const typeList = types.map(({ takes, gives }): Code => {
        const values = (of: FunctionType['takes']): Code => list(of.map((t) => [TYPE_BYTE[t]]))
        return [0x60, values(takes), values(gives)]
      })
      const importList = [
        [text('o'), text('m'), 2, 0, unsigned(pages)],
        ...imports.map((_, i): Code => [text('o'), text(String(i)), 0, unsigned(i)]),
      ]
      const own = bodies.map((_, i) => unsigned(imports.length + i))
      const exportList = exported.map(({ name, index }): Code => [text(name), 0, unsigned(index)])
      const binary = Buffer.concat([
        Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0),
        ...section(1, binaryOf(list(typeList))),
        ...section(2, binaryOf(list(importList))),
        ...section(3, binaryOf(list(own))),
        ...section(7, binaryOf(list(exportList))),
        ...section(10, binaryOf(unsigned(bodies.length)), ...bodies.flatMap((b) => [binaryOf(unsigned(b.length)), b])),
      ])
      const memory = new webAssembly.Memory({ initial: pages })
      const given = Object.fromEntries(imports.map((f, i) => [String(i), f.run]))
      const instance = new webAssembly.Instance(new webAssembly.Module(binary), { o: { m: memory, ...given } })
      return { memory, functions: instance.exports }
    },
  }
}
