// npm run bench: bundles bench/ beside the product and prints one table. Nothing here is a test: times differ between
// machines, so a table says on which one it was made. Words after `--` name the measurements wanted: `npm run bench -- account`.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { BANNER, installPackages, mostPackagesOutside, requireNode, root } from './set-up.mjs'

requireNode()
installPackages()
const { build } = await import(pathToFileURL(join(root, 'node_modules/esbuild/lib/main.js')).href)
await build({
  absWorkingDir: root,
  entryPoints: {
    bench: 'bench/main.ts',
    'bench-run': 'bench/raster-run-alone.ts',
    'pixel-worker': 'src/domains/accounting/engine/pixels/pixel-worker.ts',
  },
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  splitting: true,
  plugins: [mostPackagesOutside],
  banner: BANNER,
  outExtension: { '.js': '.mjs' },
  logLevel: 'warning',
})
const run = spawnSync(process.execPath, [join(root, 'dist', 'bench.mjs'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
process.exit(run.status ?? 1)
