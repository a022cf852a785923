// The kernel is carried by pages: what one of them does not use must not travel with it.

import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

const KERNEL = dirname(dirname(fileURLToPath(import.meta.url)))

async function carried(program: string): Promise<readonly string[]> {
  const { metafile } = await build({
    stdin: { contents: `import * as kernel from './index.ts'; ${program}`, resolveDir: KERNEL, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    metafile: true,
  })
  const parts = Object.entries(Object.values(metafile.outputs)[0]!.inputs)
  return parts.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file)
}

test('a page that only verifies carries no schemas, one that checks forms does', async () => {
  const isZod = (file: string): boolean => file.includes('node_modules/zod/')
  expect((await carried('console.log(kernel.canonicalJson({}))')).filter(isZod)).toEqual([])
  expect((await carried('console.log(kernel.check)')).filter(isZod)).not.toEqual([])
})
