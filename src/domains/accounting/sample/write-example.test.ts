// The Ganzi example in examples/ is what the generator writes today.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openZip } from '../../../core/exchange-formats/index.ts'
import { writeExample } from './write-example.ts'

/** Packing differs between versions of zlib, so workbooks are compared part by part. */
function parts(path: string): ReadonlyMap<string, string> {
  const bytes = readFileSync(path)
  if (!path.endsWith('.xlsx')) return new Map([['', bytes.toString('utf8')]])
  return new Map(openZip(bytes).map((e) => [e.name, Buffer.from(e.bytes()).toString('base64')]))
}

test('the committed example is what the generator writes', async () => {
  const [kept, fresh] = ['examples/ganzi-2010', mkdtempSync(join(tmpdir(), 'example-'))]
  await writeExample(fresh)
  expect(readdirSync(kept).sort()).toEqual(readdirSync(fresh).sort())
  expect(readdirSync(kept)).toHaveLength(6)
  for (const name of readdirSync(fresh)) expect(parts(join(kept, name)), name).toEqual(parts(join(fresh, name)))
  rmSync(fresh, { recursive: true })
})
