// Turns the files that list things into what the book holds: instruments, sources, classifications, indicator sets.
// Always holds: a key stands once in a register, and a reference inside a file points to something in it.

import { civilDate } from '../../kernel/index.ts'
import type { Classification, IndicatorSet, Instrument, SourceEntry } from './model.ts'
import { problem } from './problems.ts'
import type { FileReading, ReadFileOf } from './read-file.ts'
import type { Plain } from './yaml-source.ts'

export interface Registers {
  readonly instruments: ReadonlyMap<string, Instrument>
  readonly sources: ReadonlyMap<string, SourceEntry>
  /** Also what a register with a fault lists, so that one fault there is not reported again in every rule. */
  readonly knownSources: ReadonlySet<string>
  readonly knownInstruments: ReadonlySet<string>
}

export function buildRegisters(
  readings: readonly FileReading[],
  instrumentFiles: readonly ReadFileOf<'instruments'>[],
  sourceFiles: readonly ReadFileOf<'sources'>[],
): Registers {
  const sources = new Map<string, SourceEntry>()
  for (const f of sourceFiles)
    f.content.sources.forEach((s, i) => {
      if (sources.has(s.key)) f.problems.push(problem('rules.duplicate-entry', { key: s.key }, f.at(['sources', i])))
      sources.set(s.key, { key: s.key, title: s.title, ...(s.locator === undefined ? {} : { locator: s.locator }) })
    })
  const knownSources = new Set([...sources.keys(), ...listed(readings, 'sources', 'key')])
  const knownInstruments = new Set(listed(readings, 'instruments', 'id'))
  const instruments = new Map<string, Instrument>()
  for (const f of instrumentFiles)
    f.content.instruments.forEach((one, i) => {
      if (instruments.has(one.id))
        f.problems.push(problem('rules.duplicate-entry', { key: one.id }, f.at(['instruments', i])))
      if (one.supersededBy !== undefined && !knownInstruments.has(one.supersededBy))
        f.problems.push(
          problem(
            'rules.unknown-instrument',
            { instrument: one.supersededBy },
            f.at(['instruments', i, 'supersededBy']),
          ),
        )
      instruments.set(one.id, {
        id: one.id,
        title: one.title,
        ...(one.number === undefined ? {} : { number: one.number }),
        ...(one.issuer === undefined ? {} : { issuer: one.issuer }),
        force: {
          from: civilDate(one.force.from),
          ...(one.force.to === undefined ? {} : { to: civilDate(one.force.to) }),
        },
        ...(one.supersededBy === undefined ? {} : { supersededBy: one.supersededBy }),
        mark: one.mark ?? f.head.mark,
        ...(one.note === undefined ? {} : { note: one.note }),
      })
    })
  return { instruments, sources, knownSources, knownInstruments }
}

/** The keys a register lists as written. */
function listed(readings: readonly FileReading[], kind: 'sources' | 'instruments', key: string): readonly string[] {
  return readings.flatMap(({ plain }) => {
    if (!isMapping(plain) || plain['kind'] !== kind) return []
    const items = plain[kind]
    if (!Array.isArray(items)) return []
    return (items as readonly Plain[]).flatMap((item) => {
      const value = isMapping(item) ? item[key] : undefined
      return typeof value === 'string' ? [value] : []
    })
  })
}

const isMapping = (p: Plain): p is { readonly [key: string]: Plain } =>
  typeof p === 'object' && p !== null && !Array.isArray(p)

export function buildClassification(f: ReadFileOf<'classification'>): Classification {
  const { head, content, problems, at } = f
  const codes = new Set<string>()
  content.classes.forEach((c, i) => {
    if (codes.has(c.code)) problems.push(problem('rules.duplicate-entry', { key: c.code }, at(['classes', i])))
    codes.add(c.code)
  })
  for (const [table, rows] of Object.entries(content.crosswalks ?? {}))
    for (const [from, code] of Object.entries(rows))
      if (!codes.has(code))
        problems.push(problem('rules.wrong-crosswalk', { table, code }, at(['crosswalks', table, from])))
  return {
    ...head,
    classes: content.classes.map((c) => ({
      code: c.code,
      title: c.title,
      ...(c.number === undefined ? {} : { number: c.number }),
      mark: c.mark ?? head.mark,
      names: c.names ?? [],
    })),
    crosswalks: content.crosswalks ?? {},
  }
}

export function buildIndicatorSet(f: ReadFileOf<'indicator-set'>): IndicatorSet {
  const { head, content, problems, at } = f
  content.services.forEach((s, i) => {
    if (content.services.indexOf(s) !== i)
      problems.push(problem('rules.duplicate-entry', { key: s }, at(['services', i])))
  })
  content.accepts?.forEach((a, i) => {
    for (const name of a.pair)
      if (!content.services.includes(name)) problems.push(problem('rules.wrong-set', { name }, at(['accepts', i])))
  })
  return { ...head, services: content.services, accepts: content.accepts ?? [] }
}
