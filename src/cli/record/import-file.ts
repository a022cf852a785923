// What `qingshan import` does: permission first, then the preview; with `--accept` the file is stored, its rows are filled in and
// the act is submitted. What was filled in and refused is let go.

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { civilDateIn, fromWords, ProblemError, type Json } from '../../kernel/index.ts'
import { permitOf } from '../../core/identity/index.ts'
import {
  commandName,
  dropStage,
  getImport,
  previewImport,
  stageImport,
  type AnyImport,
  type Finding,
  type Preview,
  type Wish,
} from '../../core/imports/index.ts'
import { kebab } from '../../core/record/index.ts'
import { IMPORTS } from '../../server/index.ts'
import { printProblems, progressBar, textTable } from '../terminal.ts'
import { atDesk, type Desk, type RecordEnv } from './desk.ts'
import { receiptText } from './do-command.ts'
import type { ImportOptions } from './import-commands.ts'
import { deskProblem } from './problems.ts'
import { pairsText } from './rows-text.ts'

export async function importCommand(
  name: string | undefined,
  path: string | undefined,
  o: ImportOptions,
  env: RecordEnv,
): Promise<void> {
  if (name === undefined) return env.out(listed(o))
  const declared = getImport(
    IMPORTS,
    name.replace(/-([a-z])/g, (_, c: string) => c.toUpperCase()),
  )
  if (path === undefined) return env.out(columnsText(declared))
  const bytes = await readFile(path).catch((e: unknown) => {
    throw new ProblemError(
      deskProblem('desk.unreadable', { file: path, reason: (e as NodeJS.ErrnoException).code ?? '' }),
    )
  })
  if (o.place === undefined) throw new ProblemError(deskProblem('desk.import-place'))
  const wish: Wish = {
    file: createHash('sha256').update(bytes).digest('hex'),
    fileName: basename(path),
    place: o.place,
    ...(o.sheet === undefined ? {} : { sheet: o.sheet }),
    ...(o.map ? { mapping: pairs(o.map) } : {}),
    options: fromWords(declared.options, pairs(o.option ?? [])) as Json,
  }
  await atDesk(o, async (desk) => {
    await mayImport(desk, declared, wish.place)
    const bar = progressBar(declared.title)
    const step = (done: number, of: number): void => bar.step(done, of, { zh: '行', en: 'rows' })
    const world = { ...desk.house.importWorld, readFile: () => Promise.resolve(Uint8Array.from(bytes)) }
    if (o.accept !== true) {
      const preview = await previewImport(world, declared, wish, step).finally(bar.end)
      if (preview.counts.red > 0) process.exitCode = 1
      return env.out(previewText(declared, preview, o))
    }
    const preview = await stageImport(world, declared, wish, step).finally(bar.end)
    await accept(desk, declared, { preview, bytes }, o, env)
  })
}

async function accept(
  desk: Desk,
  declared: AnyImport,
  { preview, bytes }: { readonly preview: Preview; readonly bytes: Uint8Array },
  o: ImportOptions,
  env: RecordEnv,
): Promise<void> {
  const reasons = Object.entries(pairs(o.reason ?? [])).map(([code, reason]) => ({ code, reason }))
  const unexplained = preview.findings.filter((f) => f.severity === 'yellow' && !reasons.some((r) => r.code === f.code))
  if (preview.input === undefined || unexplained.length > 0) {
    await dropStage(desk.house.store, declared, preview.batch)
    process.exitCode = 1
    return env.out(previewText(declared, preview, o))
  }
  await desk.house.files.put(bytes)
  const outcome = await desk.tell(commandName(declared), {
    ...preview.input,
    ...(reasons.length > 0 ? { reasons } : {}),
  })
  if (!('act' in outcome)) {
    await dropStage(desk.house.store, declared, preview.batch)
    throw new ProblemError(outcome)
  }
  env.out(o.json ? JSON.stringify(outcome, null, 2) : receiptText(desk.house, outcome))
}

/** Whoever may not bring it in is told before the file is read. @throws ProblemError `identity.…` */
async function mayImport({ house, person, role }: Desk, declared: AnyImport, place: string): Promise<void> {
  const date = civilDateIn(house.world.now(), house.settings.zone)
  const command = house.registry.getCommand(commandName(declared))
  const [answer] = await permitOf(house.roles)(house.store, [
    { person, role, command, place, organisation: undefined, date },
  ])
  if (answer && 'code' in answer) throw new ProblemError(answer)
}

/** `a=b` */
const pairs = (words: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    words.map((w) => {
      const at = w.indexOf('=')
      if (at < 1) throw new ProblemError(deskProblem('desk.import-pair', { word: w.slice(0, 40) }))
      return [w.slice(0, at), w.slice(at + 1)]
    }),
  )

const listed = (o: ImportOptions): string =>
  o.json
    ? JSON.stringify(
        IMPORTS.map((i) => ({ name: kebab(i.name), title: i.title, columns: Object.keys(i.columns.fields) })),
      )
    : textTable(
        ['名称', '内容', 'what'],
        IMPORTS.map((i) => [kebab(i.name), i.title.zh, i.title.en]),
        ['left', 'left', 'left'],
      )

const columnsText = (declared: AnyImport): string =>
  textTable(
    ['列', '列名', '必填', '例'],
    Object.entries(declared.columns.fields).map(([name, f]) => [
      name,
      f.title.zh,
      f.required ? '是' : '',
      typeof f.example === 'string' ? f.example : JSON.stringify(f.example),
    ]),
    ['left', 'left', 'left', 'left'],
  )

function previewText(declared: AnyImport, preview: Preview, o: ImportOptions): string {
  const { counts, mapping, findings, digest, batch } = preview
  if (o.json) return JSON.stringify({ batch, counts, mapping, unmapped: preview.unmapped, findings, digest }, null, 2)
  const lines: string[] = []
  for (const f of findings) lines.push(...findingLines(f))
  const titles = declared.columns.fields
  return [
    ...lines,
    pairsText([
      ['导入 import', `${declared.title.zh}，${preview.sheet ?? ''}`],
      [
        '列的对应 mapping',
        Object.entries(mapping)
          .map(([c, h]) => `${titles[c]?.title.zh ?? c} ← ${h}`)
          .join('；'),
      ],
      ['行数 rows', `${counts.lines}（未导入 ${counts.leftOut} left out）`],
      ['须改正 red', String(counts.red)],
      ['须说明 yellow', String(counts.yellow)],
      ['数据校验值 digest', digest],
    ]),
    counts.red > 0
      ? '✗ 改正以后再导入 / correct the file first'
      : '  导入：加 --accept；每条提示用 --reason 代码=理由 说明 / add --accept, and a --reason for each finding',
  ].join('\n')
}

/** The first three with their places, and how many there are. */
function findingLines({ code, count, first }: Finding): readonly string[] {
  const out: string[] = []
  printProblems(first.slice(0, 3), (s) => out.push(s))
  return count > 3 ? [...out, `    … 共 ${count} 处 [${code}] / ${count} in all`] : out
}
