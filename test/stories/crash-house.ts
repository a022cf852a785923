// A whole house as a program of its own for the stories that kill it: takes submissions as lines on its input and answers each as
// a line when it is acknowledged.

import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import { instantOfMs, ProblemError } from '../../src/kernel/index.ts'
import { openHouse } from '../../src/server/index.ts'
import type { Asked } from './crash-office.ts'

const say = (answer: unknown): void => void process.stdout.write(`${JSON.stringify(answer)}\n`)

const [folder, at] = process.argv.slice(2) as [string, string]

async function main(): Promise<void> {
  const world = {
    checkout: '.',
    now: () => instantOfMs(Date.now()),
    random: (n: number) => Uint8Array.from(randomBytes(n)),
    pid: process.pid,
  }
  const house = await openHouse(folder, world, at === 'embedded' ? '' : at)
  say({ ready: true })
  for await (const line of createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line) as Asked
    if ('submit' in asked)
      void house.recorder.submit(asked.submit).then((outcome) => say({ id: asked.submit.id, outcome }))
  }
  await house.close()
}

main().catch((e: unknown) => {
  say({ stopped: e instanceof ProblemError ? e.problems.map((p) => p.code) : String(e) })
  process.exit(1)
})
