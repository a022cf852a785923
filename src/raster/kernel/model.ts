// A rule compiled for pixels: what is asked for and what runs.
// Always holds: the formula is the rule's own; a kernel knows no other source of it.

import type { Unit } from '../../kernel/index.ts'
import type { Rule } from '../../core/rules/index.ts'
import type { Strip } from '../band.ts'
import type { Program } from './program.ts'

/** The unit something arrives in. */
export interface Arrives {
  readonly unit: Unit
}

export interface KernelSpec {
  readonly rule: Rule
  /** A name of `rule.gives`. */
  readonly output: string
  /** Unit in which each input arrives; a table has as many rows as given. */
  readonly inputs: Readonly<Record<string, Arrives | { readonly rows: readonly Readonly<Record<string, Arrives>>[] }>>
  /** Parameters arrive as strips or numbers too. */
  readonly params: Readonly<Record<string, Arrives>>
}

export interface Kernel {
  /** Names in the order `run` wants them: `降水量`, `暴雨日[0].雨量`, `径流系数`. Only those the output needs. */
  readonly slots: readonly string[]
  /** Of the output: the unit declared under `rule.gives`. */
  readonly unit: Unit
  /** What \`run\` runs, for engines that fuse several kernels. */
  readonly program: Program
  /** Calculates `pixels` pixels. Each input is a strip of at least `pixels` values or one number for all, in the unit
   *  the spec names. Where `out.states` is VALID and the formula has no value (÷ 0, logarithm of 0, beyond a table,
   *  too large …) the state becomes NO_VALUE and the value 0. Other states are left alone and their value is 0.
   *  `out.values` may be one of the inputs. Pixels do not see each other: any cut into strips gives the same digits. */
  run(inputs: readonly (Float64Array | number)[], pixels: number, out: Strip): void
}
