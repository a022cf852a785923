// `qingshan account why`: a printed figure, or one pixel, opened into formula, parameters, cells and bands.

import { parsePassportCode, placeText, ProblemError, type Lang } from '../kernel/index.ts'
import { parseRuleBook } from '../core/rules/index.ts'
import {
  accountProblem,
  below,
  explainer,
  LIST_NAME,
  lookAtPixel,
  parseListText,
  textOf,
  USES,
  withInputs,
  type Fitness,
  type OpenPackage,
  type PassportNode,
  type PixelPassport,
} from '../domains/accounting/index.ts'
import { LIST_FILE, openAccount, type AccountEnv } from './account-files.ts'

function printNode(n: PassportNode, lang: Lang, out: (s: string) => void, depth = 0): void {
  const pad = '  '.repeat(depth)
  const bits = [
    n.code ? `[${n.code}]` : '',
    n.pixelCode === undefined ? '' : `${n.pixelCode} →`,
    n.value.value === ''
      ? n.title[lang]
      : `${n.title[lang]} = ${n.value.value}${n.value.unit && n.value.unit !== '1' ? ` ${n.value.unit}` : ''}`,
    n.mark ? `〈${n.mark}〉` : '',
    n.origin ? `← ${placeText(n.origin)}` : '',
    n.kind === 'map' && n.origin ? `SHA-256 ${n.origin.sha256}` : '',
    n.source && n.source.length > 0 ? `〔${n.source.join('、')}〕` : '',
  ]
  out(pad + bits.filter(Boolean).join(' '))
  if (n.method) out(`${pad}  ${lang === 'zh' ? '方法' : 'method'}: ${n.method[lang]}`)
  for (const f of n.formula?.[lang].split('\n') ?? []) out(`${pad}  ${f}`)
  for (const f of n.filled ?? []) out(`${pad}  ${f}`)
  if (n.rule) out(`${pad}  ${n.rule.id}@${n.rule.version}${n.rule.clause ? ` · ${n.rule.clause}` : ''}`)
  if (n.note) out(`${pad}  ${n.note[lang]}`)
  for (const c of n.children) printNode(c, lang, out, depth + 1)
}

export interface WhyOptions {
  readonly json?: boolean
  readonly lang: Lang
  readonly at?: string
  readonly inputs?: string
}

/** One pixel: every figure it is part of, each factor with its band or cell. */
async function whyAt(p: OpenPackage, typed: string | undefined, o: WhyOptions, env: AccountEnv): Promise<void> {
  const at = o.at!.split(/[,，\s]+/).map(Number)
  const bad = new ProblemError(accountProblem('account.no-pixel', { x: o.at!, y: '' }))
  if (at.length !== 2 || !at.every(Number.isFinite)) throw bad
  const code = typed === undefined ? undefined : parsePassportCode(typed)
  if (typed !== undefined && code === undefined)
    throw new ProblemError(accountProblem('account.no-such-code', { code: typed }))
  const { book } = parseRuleBook([...below(p, 'rules')].map(([path, b]) => ({ path, text: textOf(b) })))
  const { list } = parseListText(textOf(p.files.get(LIST_NAME)!), LIST_FILE)
  // Told while the maps lie there: their digests are taken as they are named.
  await withInputs(p, o.inputs, (folder) => {
    const look = { folder, list: list!, book, account: p.account, at: [at[0]!, at[1]!] as const }
    tellPixel(lookAtPixel({ ...look, ...(code === undefined ? {} : { code }) }), p, o, env)
  })
}

function tellPixel(found: PixelPassport, p: OpenPackage, o: WhyOptions, env: AccountEnv): void {
  if (o.json) return env.out(JSON.stringify(found, null, 2))
  const [lon, lat] = found.place.lonLat.map((v) => v.toFixed(6))
  const name = p.account.head.regions.find((r) => r.code === found.region)?.name[o.lang] ?? found.region
  env.out(
    o.lang === 'zh'
      ? `像元 列 ${found.place.pixel[0]} 行 ${found.place.pixel[1]}（${lon}，${lat}；x ${found.place.x}，y ${found.place.y}）`
      : `pixel column ${found.place.pixel[0]} row ${found.place.pixel[1]} (${lon}, ${lat}; x ${found.place.x}, y ${found.place.y})`,
  )
  env.out(`${name} · ${found.class} · ${found.areaM2} m2\n`)
  for (const f of found.figures) {
    if (f.node) printNode(f.node, o.lang, env.out)
    else env.out(`[${f.figure.code}] ${f.figure.title[o.lang]}：${f.missing![o.lang]}`)
    env.out('')
  }
}

function printFitness(fitness: readonly Fitness[], lang: Lang, out: (s: string) => void): void {
  if (fitness.length === 0) return
  out(lang === 'zh' ? '\n可用于：' : '\nFit for:')
  for (const f of fitness) out(`  ${f.fit ? '✓' : '✗'} ${USES[f.use][lang]}：${f.why.map((w) => w[lang]).join('；')}`)
}

/** A figure down to its cells, or one pixel. */
export async function tellWhy(file: string, typed: string | undefined, o: WhyOptions, env: AccountEnv): Promise<void> {
  const p = await openAccount(file)
  if (o.at !== undefined) return whyAt(p, typed, o, env)
  if (typed === undefined) throw new ProblemError(accountProblem('account.no-such-code', { code: '' }))
  const code = parsePassportCode(typed)
  const { book } = parseRuleBook([...below(p, 'rules')].map(([path, b]) => ({ path, text: textOf(b) })))
  const list = parseListText(textOf(p.files.get(LIST_NAME)!), LIST_FILE).list
  const passport = code === undefined ? undefined : explainer(p.account, book, list?.overrides ?? []).byCode(code)
  if (!passport) throw new ProblemError(accountProblem('account.no-such-code', { code: typed }))
  if (o.json) return env.out(JSON.stringify(passport, null, 2))
  printNode(passport.root, o.lang, env.out)
  if (passport.lines.length > 0) {
    env.out(`\n其下 ${passport.lines.length} 行 / lines below:`)
    for (const l of passport.lines) env.out(`  [${l.code}] ${l.title[o.lang]} = ${l.value.value} ${l.value.unit}`)
  }
  printFitness(passport.fitness, o.lang, env.out)
  env.out(
    passport.recomputed
      ? '\n✓ 按上式重算，数字一致。/ Recomputed: the same digits.'
      : '\n✗ 重算结果与所存数字不一致！/ The recomputed value differs!',
  )
  if (!passport.recomputed) process.exitCode = 1
}
