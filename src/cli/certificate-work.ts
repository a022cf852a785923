// What `qingshan certificate` does. The paper is made of what the query tells the person who asks: no row, no paper.

import { resolve } from 'node:path'
import { ProblemError } from '../kernel/index.ts'
import { printCertificate, readSettings, writeSettings } from '../server/index.ts'
import { dataFolder } from './real-world.ts'
import { atDesk, type DeskOptions, type HouseOptions, type RecordEnv } from './record/desk.ts'
import { deskProblem } from './record/problems.ts'
import { writeWhole } from './write-whole.ts'

export const writeCertificate = (number: string, out: string, o: DeskOptions, env: RecordEnv): Promise<void> =>
  atDesk(o, async ({ house, ask }) => {
    const [row] = await ask('certificates', { number: number.normalize('NFKC').trim().toUpperCase() })
    if (!row)
      throw new ProblemError(deskProblem('desk.nothing-found', { id: number, what: '证书', whatEn: 'certificate' }))
    const pdf = await printCertificate(house, row)
    const file = resolve(out)
    writeWhole(file, pdf)
    env.out(o.json ? JSON.stringify({ file, bytes: pdf.length }, null, 2) : `✓ ${file}　${pdf.length} 字节 / bytes`)
  })

/** Kept in the settings of the data folder; the QR codes of papers that are printed from now on lead there. */
export async function setAddress(url: string | undefined, o: HouseOptions, env: RecordEnv): Promise<void> {
  const folder = dataFolder(o.data)
  const settings = await readSettings(folder)
  if (url === undefined) {
    const now = settings.publicAddress
    env.out(o.json ? JSON.stringify({ publicAddress: now ?? null }) : (now ?? '（没有设置 / none）'))
    return
  }
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.search !== '' || parsed.hash !== '')
    throw new ProblemError(deskProblem('desk.address', { url }))
  const publicAddress = parsed.origin
  await writeSettings(folder, { ...settings, publicAddress })
  env.out(o.json ? JSON.stringify({ publicAddress }) : `✓ ${publicAddress}/check`)
}
