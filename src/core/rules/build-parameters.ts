// Turns parameter, price and override files into values that carry unit, mark, source, layer and line.
// Always holds: no key has two values for one region in one file, and all values of one id share one dimension.

import { dec, sameDimensions, unit, type Place, type Problem, type Unit } from '../../kernel/index.ts'
import type { Content } from './file-schemas.ts'
import type { Head, OverrideFile, ParameterFile, ParameterValue } from './model.ts'
import { problem } from './problems.ts'
import type { ReadFileOf } from './read-file.ts'
import type { Path } from './yaml-source.ts'

type Entry = Content<'parameters'>['values'][number]

export function buildParameters(file: ReadFileOf<'parameters'> | ReadFileOf<'prices'>): ParameterFile {
  const { head, content, problems, at } = file
  const declared = unit(content.unit)
  content.values.forEach((e, i) => {
    if (content.by !== undefined && e.key === undefined)
      problems.push(problem('rules.missing-key', { key: 'key' }, at(['values', i])))
    if (content.by === undefined && e.key !== undefined)
      problems.push(problem('rules.missing-key', { key: 'by' }, at(['values', i])))
  })
  return {
    ...head,
    unit: declared,
    ...(content.by === undefined ? {} : { by: content.by }),
    values: buildValues({ head, id: head.id, declared, entries: content.values, problems, at }),
  }
}

/** An override has no unit of its own unless it says so: it speaks in the unit of the file it replaces values of. */
export function buildOverride(file: ReadFileOf<'override'>, base: readonly ParameterFile[]): OverrideFile | undefined {
  const { head, content, problems, at } = file
  if (!content.reason)
    problems.push(problem('rules.override-unexplained', { what: '理由（reason）', whatEn: 'reason' }, at(['of'])))
  if (!content.approver)
    problems.push(problem('rules.override-unexplained', { what: '批准人（approver）', whatEn: 'approver' }, at(['of'])))
  const first = base[0]
  if (!first) {
    problems.push(problem('rules.unknown-book', { id: content.of }, at(['of'])))
    return undefined
  }
  if (!content.reason || !content.approver) return undefined
  return {
    ...head,
    of: content.of,
    reason: content.reason,
    approver: content.approver,
    values: buildValues({ head, id: content.of, declared: first.unit, entries: content.values, problems, at }),
  }
}

interface Values {
  readonly head: Head
  readonly id: string
  readonly declared: Unit
  readonly entries: readonly Entry[]
  readonly problems: Problem[]
  at(path: Path): Place
}

function buildValues({ head, id, declared, entries, problems, at }: Values): readonly ParameterValue[] {
  const seen = new Set<string>()
  return entries.map((e, i) => {
    const key = e.key ?? ''
    const place = at(['values', i])
    const once = JSON.stringify([key, e.region ?? ''])
    if (seen.has(once)) problems.push(problem('rules.duplicate-entry', { key: key || id }, place))
    seen.add(once)
    const own = e.unit === undefined ? declared : unit(e.unit)
    if (!sameDimensions(own, declared))
      problems.push(
        problem(
          'rules.unit-differs',
          { id: key || id, have: own.text, want: declared.text },
          at(['values', i, 'unit']),
        ),
      )
    return {
      id,
      key,
      version: head.version,
      quantity: { value: dec(e.value), unit: own },
      title: e.title ?? head.title,
      mark: e.mark ?? head.mark,
      source: e.source ?? head.source,
      ...(e.basis === undefined ? {} : { basis: e.basis }),
      ...(e.year === undefined ? {} : { year: Number(e.year) }),
      ...((e.region ?? head.region) === undefined ? {} : { region: (e.region ?? head.region)! }),
      ...(e.range === undefined ? {} : { range: [dec(e.range[0]), dec(e.range[1])] as const }),
      ...(e.note === undefined ? {} : { note: e.note }),
      layer: head.layer,
      file: head.file,
      line: place.line ?? 1,
    }
  })
}
