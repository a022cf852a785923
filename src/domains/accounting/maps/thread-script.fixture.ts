// The module of the other threads, bundled for tests as the set-up bundles it for the product.

import { mkdirSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import { build } from 'esbuild'

/** Beside the packages, so that they are found. */
const FOLDER = resolve('node_modules', '.cache')

/** @param source a module; left out: that of the passes over maps. */
export async function threadScript(
  name: string,
  source = 'src/domains/accounting/engine/pixels/pixel-worker.ts',
): Promise<URL> {
  mkdirSync(FOLDER, { recursive: true })
  const outfile = resolve(FOLDER, `${name}-${process.pid}.mjs`)
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  })
  return pathToFileURL(outfile)
}
