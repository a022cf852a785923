// `qingshan vep run|place|sample|why`: values of ecological products of places on the command line, Chinese first.
// Always holds: problems are printed with what to do next; the exit code is 1 when the folder or a unit is refused.

import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { civilDate, ProblemError, problemText, text, type Lang, type Problem } from '../kernel/index.ts'
import { loadRuleBook } from '../core/rules/index.ts'
import { classTitles, writeSafely } from '../domains/accounting/index.ts'
import { renderDocx, renderHtml, shownText, unitLabel } from '../domains/accounting/report/index.ts'
import {
  computePlaces,
  METHODS,
  PHYSICAL_ONLY,
  placeCsv,
  placeDocument,
  placeJson,
  readVepResult,
  registerRows,
  runVep,
  SCHOOLS,
  whyVep,
  writeVepSample,
  type Places,
  type VepResult,
} from '../domains/accounting/vep/index.ts'
import { openList, openRules } from './account-files.ts'
import { progressBar } from './terminal.ts'

export interface VepEnv {
  readonly rulesDir: string
  /** Name and version of this program, kept with the result. */
  readonly engine: string
  readonly out: (s: string) => void
}

interface RunOptions {
  readonly out: string
  readonly lang: string
  readonly on?: string
}

export function addVepCommand(program: Command, env: VepEnv): void {
  const vep = program
    .command('vep')
    .description('特定地域单元生态产品价值 / value of the ecological products of a place (VEP)')
  const tell = (p: Problem): void =>
    env.out(`${p.severity === 'red' ? '✗' : '!'} ${problemText(p, 'zh')} / ${p.en} ${p.hint.en}`)
  /** Prints problems instead of a stack, and says so in the exit code. */
  const telling =
    <A extends unknown[]>(run: (...args: A) => Promise<void>) =>
    async (...args: A): Promise<void> => {
      try {
        await run(...args)
      } catch (e) {
        if (!(e instanceof ProblemError)) throw e
        e.problems.forEach(tell)
        process.exitCode = 1
      }
    }
  const langOf = (text: string): Lang => (text === 'en' ? 'en' : 'zh')

  vep
    .command('run <folder>')
    .description('核算文件夹里的单元，写出结果、报告和 G11 登记表 / value the units of a folder')
    .requiredOption('--out <dir>', '输出文件夹 / where the files go')
    .option('--lang <lang>', 'zh 或 en / zh or en', 'zh')
    .option('--on <date>', '使用日期，用来检查有效期，如 2026-12-31 / day of use, to check validity')
    .action(
      telling(async (folder: string, options: RunOptions) => {
        const { book } = await loadRuleBook(env.rulesDir)
        const { result, written } = await runVep(folder, options.out, {
          book,
          lang: langOf(options.lang),
          engine: env.engine,
          ...(options.on === undefined ? {} : { on: civilDate(options.on) }),
        })
        result.problems.forEach(tell)
        for (const u of result.units) u.problems.forEach(tell)
        summary(result, langOf(options.lang)).forEach(env.out)
        env.out(`→ ${options.out}: ${written.join(', ')}`)
        if (result.units.some((u) => u.status === 'refused')) process.exitCode = 1
      }),
    )

  vep
    .command('place <folder>')
    .description(
      '在核算的地图上划一块地，得到它的实物量（不是价值） / physical services of a polygon on the maps of an account',
    )
    .requiredOption('--polygon <file>', '面文件：GeoJSON、Shapefile、GeoPackage / polygons')
    .requiredOption('--out <dir>', '输出文件夹 / where the files go')
    .option('--id <field>', '地块编号的属性；不写则按顺序编号 / attribute that names a polygon')
    .option('--datum <name>', '文件没有写坐标系时：GCJ-02、EPSG:4490 … / where the file does not say it')
    .option('--csv', '另写 places.csv / write places.csv as well')
    .option('--json', '另写 places.json，含每个数的算法 / write places.json, with the recipe of every figure')
    .option('--lang <lang>', 'zh 或 en / zh or en', 'zh')
    .action(telling((folder: string, options: PlaceOptions) => place(folder, options, env, tell)))

  vep
    .command('sample <dir>')
    .description('写出一个三个单元的示范文件夹 / write a sample folder with three units')
    .option('--seed <n>', '种子 / seed', '2026')
    .action(
      telling(async (dir: string, options: { readonly seed: string }) => {
        const seed = /^\d{1,9}$/.test(options.seed) ? Number(options.seed) : 2026
        env.out(`→ ${dir}: ${(await writeVepSample(dir, seed)).join(', ')}`)
      }),
    )

  vep
    .command('why <result> <code>')
    .description('打开一个编码：算式、依据、来源单元格 / open a code: formula, clause, source cells')
    .option('--lang <lang>', 'zh 或 en / zh or en', 'zh')
    .action(
      telling(async (path: string, code: string, options: { readonly lang: string }) => {
        const { book } = await loadRuleBook(env.rulesDir)
        whyVep(await readVepResult(path), code, book, langOf(options.lang)).forEach(env.out)
      }),
    )
}

interface PlaceOptions {
  readonly polygon: string
  readonly out: string
  readonly id?: string
  readonly datum?: string
  readonly csv?: boolean
  readonly json?: boolean
  readonly lang: string
}

async function place(folder: string, o: PlaceOptions, env: VepEnv, tell: (p: Problem) => void): Promise<void> {
  const lang: Lang = o.lang === 'en' ? 'en' : 'zh'
  const { book } = await openRules(env.rulesDir)
  const { folder: home, list } = await openList(folder)
  const bar = progressBar(text('地块', 'places'))
  const places = ((): Places => {
    try {
      return computePlaces({
        folder: home,
        list,
        book,
        engine: env.engine,
        polygons: resolve(o.polygon),
        ...(o.id === undefined ? {} : { id: o.id }),
        ...(o.datum === undefined ? {} : { datum: o.datum }),
        onProgress: bar.step,
      })
    } finally {
      bar.end()
    }
  })()
  const document = placeDocument(places, { lang, className: classTitles(book) })
  const files = new Map<string, string | Uint8Array>([
    ['places.html', renderHtml(document)],
    ['places.docx', await renderDocx(document)],
    ...(o.csv ? [['places.csv', placeCsv(places)] as const] : []),
    ...(o.json ? [['places.json', placeJson(places)] as const] : []),
  ])
  for (const [name, content] of files) await writeSafely(join(o.out, name), content)
  places.problems.forEach(tell)
  for (const p of places.places) {
    env.out(`\n${p.id}  ${(p.mappedM2 / 1e6).toFixed(3)} km²  ${p.region.name[lang]}`)
    for (const s of p.services) {
      const { value, unit } = s.quantity.quantity
      env.out(`  ${s.title[lang]}  ${shownText(value, 2)} ${unitLabel(unit.text, lang)}  [${s.quantity.code}]`)
    }
  }
  env.out(`\n${PHYSICAL_ONLY[lang]}`)
  env.out(`→ ${o.out}: ${[...files.keys()].join(', ')}`)
}

/** One line per unit: name, school, method, value in 万元 and code. */
function summary(result: VepResult, lang: Lang): readonly string[] {
  return registerRows([result]).map((r, i) => {
    const { unit } = result.units[i]!
    const value = r.valueYuan ? `${r.valueYuan.div(10_000).toFixed(2)} 万元 [${r.code}]` : r.state[lang]
    const school = unit.school ? SCHOOLS[unit.school][lang] : '—'
    return `${r.unit}  ${r.name[lang]}  ${METHODS[unit.method][lang]}  ${school}  ${value}`
  })
}
