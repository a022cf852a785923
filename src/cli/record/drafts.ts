// Drafts at the terminal: what is filled in so far is kept, listed, filled in again, and discarded. A draft is no submission:
// nothing waits for it and nobody else sees it.

import { ProblemError, type JsonObject, type Uuid } from '../../kernel/index.ts'
import { discardDraft, findDraft, recordProblem, saveDraft, verbs, type AnyCommand } from '../../core/record/index.ts'
import { atDesk, type Desk, type RecordEnv } from './desk.ts'
import { localTime, pairsText } from './rows-text.ts'
import type { DraftsOptions, VerbOptions } from './verb-commands.ts'
import type { Slots } from './verb-words.ts'

/** What an own draft of the command holds. @throws ProblemError `draft.not-found`, `draft.other-command` */
export async function ownDraft(desk: Desk, command: AnyCommand, id: Uuid): Promise<Slots> {
  const [row] = await desk.ask('drafts', { draft: id })
  if (!row) throw new ProblemError(recordProblem('draft.not-found', { id }))
  if (row['command'] !== command.name) throw new ProblemError(recordProblem('draft.other-command', { id }))
  return JSON.parse(String(row['input'])) as Slots
}

/** Keeps what is filled in as a draft, over the one it was filled in from if there is one. */
export const keepDraft = (
  command: AnyCommand,
  filled: (below: Slots) => Promise<unknown>,
  o: VerbOptions,
  env: RecordEnv,
): Promise<void> =>
  atDesk(o, async (desk) => {
    const { house, person } = desk
    const below = o.fromDraft === undefined ? {} : await ownDraft(desk, command, o.fromDraft as Uuid)
    const id = (o.id ?? o.fromDraft ?? house.newId()) as Uuid
    const saved = saveDraft(
      { id, person, command, input: await filled(below), savedAt: house.world.now() },
      await findDraft(house.store, id),
    )
    if (!('change' in saved)) throw new ProblemError(saved)
    await house.recorder.writeLoose([saved.change])
    if (o.json) return env.out(JSON.stringify({ draft: id, leftOut: saved.leftOut }, null, 2))
    const verb = verbOf(desk, command.name)
    env.out(
      [
        '✓ 已存为草稿，没有提交 / saved as a draft; nothing was submitted',
        pairsText([
          ['草稿编号 draft', id],
          ['没有保存 left out', saved.leftOut.map((t) => t.zh).join('、')],
        ]),
        ...(saved.leftOut.length > 0
          ? [
              '  个人信息和保密信息不存入草稿，提交时再填 / personal and secret fields are filled in when it is submitted',
            ]
          : []),
        `  接着办：qingshan do ${verb} --from-draft ${id}`,
      ].join('\n'),
    )
  })

/** @throws ProblemError `draft.not-found` */
export async function dropDraft({ house, person }: Desk, id: Uuid): Promise<void> {
  const change = discardDraft({ id, person }, await findDraft(house.store, id))
  if (!('row' in change)) throw new ProblemError(change)
  await house.recorder.writeLoose([change])
}

export const drafts = (o: DraftsOptions, env: RecordEnv): Promise<void> =>
  atDesk(o, async (desk) => {
    if (o.discard !== undefined) {
      await dropDraft(desk, o.discard as Uuid)
      return env.out(o.json ? JSON.stringify({ discarded: o.discard }) : '✓ 草稿已作废 / the draft is discarded')
    }
    const rows = await desk.ask('drafts', {})
    if (o.json) return env.out(JSON.stringify(rows, null, 2))
    env.out('我的草稿 / my drafts\n')
    if (rows.length === 0) return env.out('（没有 / none）')
    env.out(rows.map((row, i) => draftText(desk, row, i + 1)).join('\n'))
  })

function draftText(desk: Desk, row: JsonObject, n: number): string {
  const filled = row['filled'] as readonly { readonly zh: string; readonly value: string }[]
  return [
    `── ${n} ── ${String(row['zh'])} / ${String(row['en'])}`,
    pairsText([
      ['草稿编号', String(row['draft'])],
      ['保存时间', localTime(String(row['saved']), desk.house.settings.zone)],
      ['说明', row['gone'] as string | undefined],
      ...filled.map((f) => [f.zh, f.value] as const),
    ]),
    `  接着办：qingshan do ${verbOf(desk, String(row['command']))} --from-draft ${String(row['draft'])}`,
  ].join('\n')
}

const verbOf = ({ house }: Desk, command: string): string =>
  verbs(house.registry).find((v) => v.kind === 'command' && v.name === command)?.verb ?? command
