// Chooses what is in force: by legal date, by region lineage (own code first, national last), and for class keys by the
// nearest class above. Always holds: a value that replaced another says so and carries what it replaced.

import { inPeriod, type CivilDate, type Problem } from '../../kernel/index.ts'
import type {
  Classification,
  Head,
  IndicatorSet,
  Instrument,
  OverrideFile,
  ParameterFile,
  ParameterValue,
  Rule,
  RuleBook,
  RuleContext,
  SourceEntry,
} from './model.ts'
import { problem } from './problems.ts'

export interface BookContents {
  readonly rules: readonly Rule[]
  readonly parameters: readonly ParameterFile[]
  readonly overrides: readonly OverrideFile[]
  readonly classifications: readonly Classification[]
  readonly sets: readonly IndicatorSet[]
  readonly instruments: ReadonlyMap<string, Instrument>
  readonly sources: ReadonlyMap<string, SourceEntry>
}

/** Adds the choosing to what was read. */
export function ruleBook(contents: BookContents): RuleBook {
  const rules = groupById(contents.rules, (r) => r.id)
  const parameters = groupById(contents.parameters, (p) => p.id)
  const overrides = groupById(contents.overrides, (o) => o.of)
  return {
    ...contents,
    findRule: (id, ctx) => {
      const found = nearest(rules.get(id) ?? [], ctx)
      return found ?? problem('rules.not-found', { id, date: ctx.date, region: regionText(ctx) })
    },
    findParameter: (id, key, ctx) =>
      findValue(parameters.get(id) ?? [], overrides.get(id) ?? [], key, ctx) ??
      problem('rules.no-parameter', { id, key, date: ctx.date, region: regionText(ctx) }),
    lapsed: (head, date) => {
      const cited = head.instrument === undefined ? undefined : contents.instruments.get(head.instrument)
      return cited && !inPeriod(date, cited.force) ? [cited] : []
    },
  }
}

/** The parameters of a book on a date in a region, as `evaluateRule` wants them. */
export const parametersFrom =
  (book: RuleBook, ctx: RuleContext): ((id: string, key: string) => ParameterValue | Problem) =>
  (id, key) =>
    book.findParameter(id, key, ctx)

const regionText = (ctx: RuleContext): string => ctx.regions[0] ?? '—'

function groupById<T>(all: readonly T[], idOf: (t: T) => string): ReadonlyMap<string, readonly T[]> {
  const out = new Map<string, T[]>()
  for (const t of all) {
    const list = out.get(idOf(t))
    if (list) list.push(t)
    else out.set(idOf(t), [t])
  }
  return out
}

/** How near a thing is: 0 for the region itself, then its parents, then the nation; undefined where it does not apply. */
function distance(region: string | undefined, ctx: RuleContext): number | undefined {
  if (region === undefined) return ctx.regions.length
  const i = ctx.regions.indexOf(region)
  return i < 0 ? undefined : i
}

function nearest<T extends Head>(all: readonly T[], ctx: RuleContext): T | undefined {
  let best: { thing: T; far: number } | undefined
  for (const thing of all) {
    const far = inForce(thing, ctx.date) ? distance(thing.region, ctx) : undefined
    if (far !== undefined && (!best || far < best.far)) best = { thing, far }
  }
  return best?.thing
}

const inForce = (head: Head, date: CivilDate): boolean => inPeriod(date, head.force)

interface Candidate {
  readonly value: ParameterValue
  readonly far: number
  readonly override?: OverrideFile
}

function findValue(
  files: readonly ParameterFile[],
  overrides: readonly OverrideFile[],
  key: string,
  ctx: RuleContext,
): ParameterValue | undefined {
  const keys = files.some((f) => f.by === 'class') ? selfAndAbove(key) : [key]
  for (const k of keys) {
    const first = candidates(files, overrides, k, ctx)[0]
    if (!first) continue
    if (!first.override) return first.value
    const others = overrides.filter((o) => o !== first.override)
    const was = findValue(files, others, key, ctx)
    const { id, reason, approver } = first.override
    return { ...first.value, override: { id, reason, approver, ...(was ? { was: was.quantity } : {}) } }
  }
  return undefined
}

/** All values for exactly this key, nearest first; at one distance an override goes before what it replaces. */
function candidates(
  files: readonly ParameterFile[],
  overrides: readonly OverrideFile[],
  key: string,
  ctx: RuleContext,
): readonly Candidate[] {
  const out: Candidate[] = []
  const take = (head: Head, value: ParameterValue, override?: OverrideFile): void => {
    if (value.key !== key || !inForce(head, ctx.date)) return
    const ofFile = distance(head.region, ctx)
    const ofEntry = value.region === undefined ? ofFile : distance(value.region, ctx)
    if (ofFile !== undefined && ofEntry !== undefined)
      out.push({ value, far: ofEntry, ...(override ? { override } : {}) })
  }
  for (const o of overrides) for (const v of o.values) take(o, v, o)
  for (const f of files) for (const v of f.values) take(f, v)
  return out.sort((a, b) => a.far - b.far || (a.override ? 0 : 1) - (b.override ? 0 : 1))
}

/** `forest.broadleaf.evergreen`, `forest.broadleaf`, `forest`. */
export function selfAndAbove(key: string): readonly string[] {
  const parts = key.split('.')
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('.'))
}
