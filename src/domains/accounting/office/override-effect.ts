// What a proposed value of a parameter would do to an account that is there: the package is run again with it, and the figures
// before and after stand side by side. Pure over the package's bytes and the proposal, so two people who look at the same
// package see the same effect. Where a package cannot be run again, that is said instead of guessed.

import { canonicalJson, convert, dec, decText, roundTo, text, type Dec, type Text } from '../../../kernel/index.ts'
import { parseRuleBook } from '../../../core/rules/index.ts'
import { valueKey } from '../figure-key.ts'
import type { ParameterOverride } from '../input-list.ts'
import { parseListText } from '../inputs/index.ts'
import { BASIS_TEXT, type Account, type Basis, type Figure } from '../model.ts'
import { below, LIST_NAME, openPackage, textOf } from '../package/package.ts'
import { withInputs } from '../package/verify.ts'
import { runAccount } from '../run.ts'

/** One figure before and after. Values in 元. */
export interface FigureEffect {
  readonly code: string
  readonly title: Text
  readonly before: string
  readonly after: string
  /** After over before, less one, in percent with two decimals; empty where before is zero. */
  readonly percent: string
}

export interface OverrideEffect {
  readonly text: Text
  /** The totals first, then the services that change, the largest change first. */
  readonly figures: readonly FigureEffect[]
}

/** Inputs larger than this are not run again while somebody waits for a preview. */
const MOST_INPUT_BYTES = 64 * 1024 * 1024
/** Services shown beside the totals. */
const MOST_SERVICES = 6

const said = (zh: string, en: string): OverrideEffect => ({ text: text(zh, en), figures: [] })

export const NO_ACCOUNT: OverrideEffect = said(
  '该地区还没有登记的核算，没有计算影响。',
  'No account of the region is registered; the effect was not computed.',
)

export type EffectOf = (hash: string, wanted: ParameterOverride) => Promise<OverrideEffect>

/** How many effects are kept: an approver is shown what the requester was, without a second run. */
const MOST_KEPT = 50

/** Effects on stored packages, each computed once. @param readFile content of the file store by hash */
export function effectsOf(readFile: (hash: string) => Promise<Uint8Array | undefined>): EffectOf {
  const kept = new Map<string, Promise<OverrideEffect>>()
  return (hash, wanted) => {
    const { parameter, key, region, value, unit, mark } = wanted
    const id = canonicalJson([hash, parameter, key ?? '', region ?? '', value, unit, mark ?? ''])
    const hit = kept.get(id)
    if (hit) return hit
    const made = readFile(hash).then((bytes) => (bytes ? overrideEffect(bytes, wanted) : NO_ACCOUNT))
    kept.set(id, made)
    made.catch(() => kept.delete(id))
    if (kept.size > MOST_KEPT) kept.delete([...kept.keys()][0]!)
    return made
  }
}

/** @param wanted the proposal as a run takes it @throws ProblemError where the package is damaged */
export async function overrideEffect(bytes: Uint8Array, wanted: ParameterOverride): Promise<OverrideEffect> {
  const pack = openPackage(bytes, 'account.zip')
  const { head } = pack.account
  const about = text(
    `${head.year} 年核算（包 ${pack.id.slice(0, 12)}）`,
    `the account of ${head.year} (package ${pack.id.slice(0, 12)})`,
  )
  const no = (zh: string, en: string): OverrideEffect =>
    said(`没有计算对${about.zh}的影响：${zh}。`, `The effect on ${about.en} was not computed: ${en}.`)
  if (!pack.manifest.withInputs) return no('包里只有资料的哈希', 'the package holds hashes of its inputs only')
  const size = [...below(pack, 'inputs').values()].reduce((n, b) => n + b.length, 0)
  if (size > MOST_INPUT_BYTES) return no('资料太大', 'its inputs are too large')
  const { book, problems } = parseRuleBook([...below(pack, 'rules')].map(([path, b]) => ({ path, text: textOf(b) })))
  const { list } = parseListText(textOf(pack.files.get(LIST_NAME)!), LIST_NAME)
  if (!list || problems.some((p) => p.severity === 'red'))
    return no('包里的规则或清单读不出来', 'its rules or list cannot be read')
  const others = (list.overrides ?? []).filter((o) => !isSameValue(o, wanted))
  const run = await withInputs(pack, undefined, (folder) =>
    runAccount({ folder, list: { ...list, overrides: [...others, wanted] }, book, engine: pack.manifest.engine }),
  )
  if (!run.account) {
    const red = run.problems.find((p) => p.severity === 'red')
    return no(`重算有红色问题（${red?.zh ?? ''}）`, `the run met a red problem (${red?.en ?? ''})`)
  }
  return compared(pack.account, run.account, about)
}

const isSameValue = (a: ParameterOverride, b: ParameterOverride): boolean =>
  a.parameter === b.parameter && (a.key ?? '') === (b.key ?? '') && (a.region === undefined || a.region === b.region)

function compared(before: Account, after: Account, about: Text): OverrideEffect {
  const root = before.head.region
  const now = new Map(after.figures.map((f) => [f.key, f]))
  const pairs = before.figures.filter(
    (f) => f.measure === 'value' && f.region === root && f.class === '*' && f.item === '*',
  )
  const effects = pairs.flatMap((f) => {
    const then = now.get(f.key)
    return then ? [effectOf(f, then)] : []
  })
  const total = (b: Basis): (typeof effects)[number] | undefined => effects.find((e) => e.key === valueKey(b, root))
  const services = effects
    .filter((e) => /^[MRC]\d/.test(e.service) && e.basis === 'constant' && !e.change.isZero())
    .sort((a, b) => b.change.abs().cmp(a.change.abs()))
    .slice(0, MOST_SERVICES)
  const totals = (['constant', 'current'] as const).flatMap((b) => total(b) ?? [])
  const shown = [...totals, ...services]
  const words = totals.map((t) => {
    const basis = BASIS_TEXT[t.basis as Basis]
    const sign = t.percent === '' ? '' : `，${t.percent} %`
    return text(
      `${basis.zh} ${t.before} 元 → ${t.after} 元${sign}`,
      `${basis.en} ${t.before} → ${t.after} yuan${t.percent === '' ? '' : `, ${t.percent} %`}`,
    )
  })
  const changes = totals.some((t) => !t.change.isZero()) || services.length > 0
  return {
    text: changes
      ? text(
          `重算${about.zh}：GEP ${words.map((w) => w.zh).join('；')}。`,
          `${about.en}, run again: GEP ${words.map((w) => w.en).join('; ')}.`,
        )
      : text(`重算${about.zh}：没有一个数变动。`, `${about.en}, run again: no figure changes.`),
    figures: shown.map(({ code, title, before: b, after: a, percent }) => ({
      code,
      title,
      before: b,
      after: a,
      percent,
    })),
  }
}

function effectOf(f: Figure, then: Figure) {
  const [b, a] = [yuan(f), yuan(then)]
  const change = a.minus(b)
  const percent = b.isZero() ? '' : signed(roundTo(change.div(b).times(100), dec('0.01'), 'half-even'))
  const { key, code, title, service, basis } = f
  return { key, code, title, service, basis, change, before: decText(b), after: decText(a), percent }
}

const yuan = (f: Figure): Dec => convert(f.quantity, '元').value
const signed = (d: Dec): string => (d.gt(0) ? `+${decText(d)}` : decText(d))
