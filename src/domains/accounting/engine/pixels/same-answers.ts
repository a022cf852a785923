// Rows that ask the same of the facts and of the rule book and get the same answers have the same formula with the same numbers:
// it is worked out for the first of them and shared by the others. A province has a hundred counties for every type, and most of
// what is asked for a type does not differ by county.
// Always holds: what a row is given is what it would work out itself, since all that was asked for it is asked again for the row and
// answered alike; where something was asked that tells rows apart in another way, each works for itself.

import type { ParameterValue, Rule } from '../../../../core/rules/index.ts'
import type { Problem } from '../../../../kernel/index.ts'
import { descendants, type Place } from '../fact-table.ts'
import type { RowScope } from '../given.ts'
import type { Fact, Ref } from '../../model.ts'

/** Formulas tried for a row before it works out its own: where every region has a fact of its own, trying on is in vain. */
const MOST_TRIED = 4

interface Asked {
  readonly facts: Map<string, readonly [argument: string, place: Place, answer: Ref | undefined]>
  readonly rules: Map<string, Rule | Problem>
  readonly parameters: Map<string, readonly [id: string, key: string, answer: ParameterValue | Problem]>
  /** Lists of facts none of which lies in the region, so that those around it are taken. */
  readonly lists: Set<readonly Fact[]>
  /** Regions that hold the one asked for. */
  readonly around: string
  /** By choice, in the order of their first. */
  readonly chosen: Map<string, string>
  /** Something was asked whose answer belongs to this row alone. */
  isOwn: boolean
}

/** @param kind rows of one kind may share: they differ by nothing but their region */
export type SameAnswers<T> = (kind: string, scope: RowScope, work: (scope: RowScope) => T) => T

/** @param isShared whether an outcome holds nothing of the row but its answers */
export function sameAnswers<T>(isShared: (made: T) => boolean): SameAnswers<T> {
  const known = new Map<string, { readonly asked: Asked; readonly made: T }[]>()
  return (kind, scope, work) => {
    const some = known.get(kind) ?? []
    known.set(kind, some)
    const found = some.find(({ asked }) => isAnsweredAlike(asked, scope))
    if (found) {
      for (const [choice, variant] of found.asked.chosen) scope.chose(choice, variant)
      return found.made
    }
    if (some.length === MOST_TRIED) return work(scope)
    const asked: Asked = {
      facts: new Map(),
      rules: new Map(),
      parameters: new Map(),
      lists: new Set(),
      around: aroundOf(scope),
      chosen: new Map(),
      isOwn: false,
    }
    const made = work(listening(scope, asked))
    if (!asked.isOwn && isShared(made)) some.push({ asked, made })
    return made
  }
}

/** The same scope, which writes down what is asked of it. */
function listening(scope: RowScope, asked: Asked): RowScope {
  const { region } = scope.place
  const own = <T>(answer: T): T => {
    asked.isOwn = true
    return answer
  }
  const listed = (list: readonly Fact[]): readonly Fact[] => {
    if (liesIn(scope, list)) return own(list)
    asked.lists.add(list)
    return list
  }
  const { facts, book, draft } = scope
  return {
    ...scope,
    facts: {
      get: (id) => own(facts.get(id)),
      of: (argument) => listed(facts.of(argument)),
      everyYear: (argument) => listed(facts.everyYear(argument)),
      everyYearIn: (argument, where) => own(facts.everyYearIn(argument, where)),
      find(argument, place) {
        const answer = facts.find(argument, place)
        if (place.region !== region) return own(answer)
        asked.facts.set([argument, place.class ?? '', place.item ?? ''].join('|'), [argument, place, answer])
        return answer
      },
    },
    book: {
      ...book,
      findRule(id, ctx) {
        const answer = book.findRule(id, ctx)
        if (ctx !== scope.rules) return own(answer)
        asked.rules.set(id, answer)
        return answer
      },
      findParameter: (id, key, ctx) => own(book.findParameter(id, key, ctx)),
    },
    draft: {
      ...draft,
      add: (...of) => own(draft.add(...of)),
      find: (key) => own(draft.find(key)),
      context: {
        ...draft.context,
        figure: (key) => own(draft.context.figure(key)),
        parameter(id, key, where) {
          const answer = draft.context.parameter(id, key, where)
          if (where !== region) return own(answer)
          asked.parameters.set(`${id}|${key}`, [id, key, answer])
          return answer
        },
      },
    },
    chose(choice, variant) {
      asked.chosen.set(choice, variant)
      scope.chose(choice, variant)
    },
  }
}

function isAnsweredAlike({ facts, rules, parameters, lists, around }: Asked, scope: RowScope): boolean {
  const { place, facts: own, book, rules: at, draft } = scope
  for (const [argument, asked, answer] of facts.values())
    if (!isSameRef(own.find(argument, { ...asked, region: place.region }), answer)) return false
  for (const [id, answer] of rules) if (!isSame(book.findRule(id, at), answer)) return false
  for (const [id, key, answer] of parameters.values())
    if (!isSame(draft.context.parameter(id, key, place.region), answer)) return false
  if (lists.size > 0 && aroundOf(scope) !== around) return false
  for (const list of lists) if (liesIn(scope, list)) return false
  return true
}

const aroundOf = ({ tree, place }: RowScope): string =>
  tree
    .lineage(place.region)
    .slice(1)
    .map((r) => r.code)
    .join('|')

function liesIn({ tree, place }: RowScope, facts: readonly Fact[]): boolean {
  const below = descendants(tree, place.region)
  return facts.some((f) => f.region === place.region || below.includes(f.region))
}

/** What lacks is told of a region, in words that nothing shared holds. */
const isSame = <T extends object>(a: T | Problem, b: T | Problem): boolean =>
  a === b || ('severity' in a && 'severity' in b && a.code === b.code)

const isSameRef = (a: Ref | undefined, b: Ref | undefined): boolean =>
  a === undefined || b === undefined ? a === b : 'fact' in a && 'fact' in b && a.fact === b.fact
