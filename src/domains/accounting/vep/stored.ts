// vep-result.json: what is kept of a run, so that a figure can be opened again years later. Canonical JSON, quantities as
// text, rules by id@version, inputs by file and hash. Always holds: reading what was written gives the same facts and
// figures; boundaries stay in their file and are not copied.

import { z } from 'zod'
import {
  canonicalJson,
  civilDate,
  ProblemError,
  quantityText,
  readQuantity,
  type CivilDate,
  type Json,
  type Problem,
  type Text,
} from '../../../kernel/index.ts'
import type { Fact, Figure, SourceFile } from '../model.ts'
import type { UnitResult, VepHead, VepResult, WhatIf } from './model.ts'
import { problem } from './problems.ts'

export const RESULT_NAME = 'vep-result.json'

export interface StoredUnit {
  readonly id: string
  readonly name: Text
  readonly region: { readonly code: string; readonly name: Text }
  readonly status: UnitResult['status']
  readonly value?: string
  readonly figures: readonly string[]
  readonly whatIfs: readonly WhatIf[]
  readonly problems: readonly Problem[]
}

export interface StoredVep {
  readonly head: VepHead
  readonly engine: string
  readonly units: readonly StoredUnit[]
  readonly facts: readonly Fact[]
  readonly figures: readonly Figure[]
  readonly sources: readonly SourceFile[]
  readonly problems: readonly Problem[]
}

const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json

/** The canonical text of a result, with a line end. */
export function resultText(result: VepResult): string {
  const units = result.units.map((u) => ({
    id: u.unit.id,
    name: u.unit.name,
    kind: u.unit.kind,
    region: u.unit.region,
    right: u.unit.right,
    school: u.unit.school,
    method: u.unit.method,
    use: u.unit.use,
    valid: u.unit.valid,
    evidence: u.unit.evidence,
    status: u.status,
    value: u.value,
    figures: u.figures,
    whatIfs: u.whatIfs,
    problems: u.problems,
  }))
  const rules = new Set(result.figures.flatMap((f) => (f.recipe.kind === 'rule' ? [f.recipe.rule] : [])))
  const stored = {
    qingshan: 'vep-result/1',
    head: result.head,
    engine: result.engine,
    units,
    rules: [...rules].sort(),
    facts: result.facts.map((f) => ({ ...f, quantity: quantityText(f.quantity) })),
    figures: result.figures.map((f) => ({ ...f, quantity: quantityText(f.quantity) })),
    sources: result.sources,
    problems: result.problems,
  }
  return `${canonicalJson(asJson(stored))}\n`
}

const amount = z.strictObject({ value: z.string(), unit: z.string() }).transform(readQuantity)
/** The outline only: the file is our own, and a hand in it shows in the digits that `why` works out again. */
const outline = z.looseObject({
  qingshan: z.literal('vep-result/1'),
  head: z.looseObject({ date: z.string().transform((d): CivilDate => civilDate(d)) }),
  engine: z.string(),
  units: z.array(z.looseObject({ id: z.string(), region: z.looseObject({ code: z.string() }) })),
  facts: z.array(z.looseObject({ id: z.string(), quantity: amount, origin: z.looseObject({ file: z.string() }) })),
  figures: z.array(
    z.looseObject({ key: z.string(), code: z.string(), quantity: amount, recipe: z.looseObject({ kind: z.string() }) }),
  ),
  sources: z.array(z.looseObject({ file: z.string() })),
  problems: z.array(z.looseObject({ code: z.string() })),
})

/** Reads a result. @throws ProblemError `vep.unlike-result` */
export function readResultText(source: string, file: string): StoredVep {
  const parsed = outline.safeParse(parseJson(source))
  if (!parsed.success) throw new ProblemError(problem('vep.unlike-result', { file }, { file }))
  return parsed.data as unknown as StoredVep
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    return undefined
  }
}
