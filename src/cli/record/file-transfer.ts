// Files into the store and out of it. Storing says nothing of a file: attaching it does. So who may attach a document or enter
// an approval on paper may store one, and a file is handed out to whom a query tells of it: no row, no content.

import { open, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { once } from 'node:events'
import { civilDateIn, ProblemError } from '../../kernel/index.ts'
import { FILE_TYPES } from '../../core/files/index.ts'
import { permitOf } from '../../core/identity/index.ts'
import { takeIn } from '../../server/index.ts'
import { atDesk, type Desk, type DeskOptions, type RecordEnv } from './desk.ts'
import { deskProblem } from './problems.ts'
import { pairsText } from './rows-text.ts'

/** Commands that name a stored file. */
const NAMING = ['attachDocument', 'approveOnPaper']

export const putFile = (path: string, o: DeskOptions, env: RecordEnv): Promise<void> =>
  atDesk(o, async (desk) => {
    await mayStore(desk)
    const { hash, size, type, photo, given } = await takeIn(desk.house, bytesOf(path))
    if (o.json) return env.out(JSON.stringify({ hash, size, type, photo, given }, null, 2))
    env.out(
      [
        '✓ 文件已存，尚未登记 / stored, and not yet attached to anything',
        pairsText([
          ['校验值 SHA-256', hash],
          ['大小 bytes', String(size)],
          ['类型 type', `${FILE_TYPES[type].title.zh}（${type}）`],
          ...(given ? [['原照片 as taken', `${given.hash}（位置和个人信息已去掉 stripped）`] as const] : []),
          ...(photo?.takenAt === undefined ? [] : [['拍摄时间 taken at', photo.takenAt] as const]),
          ...(photo?.longitude === undefined
            ? []
            : [['经纬度 place', `${photo.longitude}, ${photo.latitude ?? ''}`] as const]),
        ]),
        '  登记：qingshan do attach-document --hash …；签批单扫描件：qingshan do approve-on-paper --scan …',
      ].join('\n'),
    )
  })

/** @throws ProblemError `identity.…` */
async function mayStore({ house, person, role }: Desk): Promise<void> {
  const date = civilDateIn(house.world.now(), house.settings.zone)
  const asks = NAMING.map((name) => ({
    person,
    role,
    command: house.registry.getCommand(name),
    place: undefined,
    organisation: undefined,
    date,
  }))
  const answers = await permitOf(house.roles)(house.store, asks)
  const refusals = answers.flatMap((a) => ('code' in a ? [a] : []))
  if (refusals.length === asks.length) throw new ProblemError(refusals[0]!)
}

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    const file = await open(path, 'r')
    try {
      for await (const piece of file.createReadStream({ autoClose: false })) yield piece as Uint8Array
    } finally {
      await file.close()
    }
  } catch (e) {
    throw told(e, (reason) => new ProblemError(deskProblem('desk.unreadable', { file: path, reason })))
  }
}

export const getFile = (said: string, out: string | undefined, o: DeskOptions, env: RecordEnv): Promise<void> =>
  atDesk(o, async ({ house, ask }) => {
    const hash = said.trim().toLowerCase()
    if (out === undefined && process.stdout.isTTY) throw new ProblemError(deskProblem('desk.not-on-the-screen'))
    const rows = [...(await ask('documents', { hash })), ...(await ask('paperScans', { scan: hash }))]
    if (rows.length === 0)
      throw new ProblemError(deskProblem('desk.nothing-found', { id: hash, what: '文件', whatEn: 'file' }))
    if (out === undefined) {
      for await (const piece of house.files.read(hash))
        if (!process.stdout.write(piece)) await once(process.stdout, 'drain')
      return
    }
    const bytes = await writeNew(out, house.files.read(hash))
    const path = resolve(out)
    env.out(o.json ? JSON.stringify({ hash, file: path, bytes }, null, 2) : `✓ ${path}　${bytes} 字节 / bytes`)
  })

/** Writes a file that is not there yet, or nothing. @returns bytes */
async function writeNew(path: string, content: AsyncIterable<Uint8Array>): Promise<number> {
  const failed = (e: unknown): Error =>
    told(e, (reason) => {
      const code = reason === 'EEXIST' ? 'desk.exists' : 'desk.not-written'
      return new ProblemError(deskProblem(code, { file: path, reason }))
    })
  const file = await open(path, 'wx').catch((e: unknown) => {
    throw failed(e)
  })
  let bytes = 0
  try {
    for await (const piece of content) {
      await file.writeFile(piece)
      bytes += piece.length
    }
    await file.sync()
    await file.close()
    return bytes
  } catch (e) {
    await file.close().catch(() => undefined)
    await rm(path, { force: true })
    throw failed(e)
  }
}

/** What the disk refuses, in words; anything else as it is. */
const told = (e: unknown, say: (reason: string) => Error): Error =>
  e instanceof Error && !(e instanceof ProblemError) && 'code' in e && typeof e.code === 'string'
    ? say(e.code)
    : (e as Error)
