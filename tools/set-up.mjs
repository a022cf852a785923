// Sets up whatever is missing on a fresh clone: packages from the lock file, then the bundle in dist/.
// Plain JavaScript without dependencies, since it runs before any package is there.

import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const marker = join(root, 'node_modules', '.set-up')

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  console.error(
    `需要 Node 20.19 或更新版本，现在是 ${process.versions.node}。\nNode ≥ 20.19 is needed; this is ${process.versions.node}.`,
  )
  process.exit(1)
}

/** Installs from the lock file when node_modules is missing or of another lock. */
export function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lock) return
  console.log('安装依赖（首次约一分钟）… / Installing packages (about a minute the first time)…')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const run = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (run.status !== 0) {
    console.error(
      '依赖安装失败：请检查网络或 npm 镜像设置后重试。\nInstalling packages failed: check the network or the npm registry setting and try again.',
    )
    process.exit(run.status ?? 1)
  }
  writeFileSync(marker, lock)
}

/** Packages that nearly every command begins with. Read from the bundle they cost half a second less than from their hundreds
 *  of files; none of them keeps files of its own beside its code. */
const INSIDE = /^(@noble\/(curves|hashes)|cli-progress|commander|decimal\.js|fflate|fzstd|jsep|saxes|yaml|zod)(\/|$)/

/** All other packages stay outside the bundle. */
export const mostPackagesOutside = {
  name: 'most packages outside',
  setup(b) {
    b.onResolve({ filter: /^[^./]/ }, ({ path, kind, importer }) =>
      kind === 'entry-point' || INSIDE.test(path) || /[/\\]node_modules[/\\]/.test(importer)
        ? undefined
        : { path, external: true },
    )
  },
}

/** Packages of the older kind ask for modules of Node by `require`. */
export const BANNER = {
  js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
}

/** Bundles src/ into dist/. */
export async function build() {
  const { build: bundle } = await import(pathToFileURL(join(root, 'node_modules/esbuild/lib/main.js')).href)
  await bundle({
    absWorkingDir: root,
    entryPoints: {
      main: 'src/cli/main.ts',
      'watched-run': 'src/cli/watch/watched-run.ts',
      'run-thread': 'src/cli/watch/run-thread.ts',
      'pixel-worker': 'src/domains/accounting/engine/pixels/pixel-worker.ts',
    },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    plugins: [mostPackagesOutside],
    banner: BANNER,
    sourcemap: true,
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
  })
  await buildVerifier(bundle)
  await buildWorkbench(bundle)
}

/** The kernel has no side effects: of it, a page gets only what it uses. */
const kernelWithoutSideEffects = {
  name: 'kernel without side effects',
  setup(b) {
    b.onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir }) =>
      /[/\\]src[/\\]kernel[/\\]?/.test(join(resolveDir, path))
        ? { path: join(resolveDir, path), sideEffects: false }
        : undefined,
    )
  },
}

/** Bundles the page that verifies proofs in a browser into one classic script. The kernel has no side effects, so only what
 *  the page uses of it comes along. */
async function buildVerifier(bundle) {
  await bundle({
    absWorkingDir: root,
    entryPoints: { 'verifier-page': 'src/core/evidence/verify/page.ts' },
    outdir: 'dist',
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'warning',
    plugins: [kernelWithoutSideEffects],
  })
}

/** Bundles the workbench into dist/workbench: index.html, and beside it assets whose names hold their content's hash. A page
 *  that is open in some browser still finds its parts while the new ones are written; what nothing names any more goes last. */
async function buildWorkbench(bundle) {
  const out = join(root, 'dist', 'workbench')
  const { outputFiles, metafile } = await bundle({
    absWorkingDir: root,
    entryPoints: { workbench: 'src/workbench/main.tsx' },
    outdir: 'dist/workbench/assets',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    tsconfig: 'src/workbench/tsconfig.json',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    write: false,
    metafile: true,
    logLevel: 'warning',
    plugins: [kernelWithoutSideEffects],
  })
  mkdirSync(join(out, 'assets'), { recursive: true })
  for (const file of outputFiles) writeFileSync(file.path, file.contents)
  const [script, { cssBundle }] = Object.entries(metafile.outputs).find(
    ([name, o]) => name.endsWith('.js') && o.entryPoint === 'src/workbench/main.tsx',
  )
  const page = readFileSync(join(root, 'src/workbench/index.html'), 'utf8')
    .replace('{style}', `/assets/${basename(cssBundle)}`)
    .replace('{script}', `/assets/${basename(script)}`)
  writeFileSync(join(out, 'index.html'), page)
  const kept = new Set(outputFiles.map((f) => basename(f.path)))
  for (const name of readdirSync(join(out, 'assets'))) if (!kept.has(name)) rmSync(join(out, 'assets', name))
}

export async function setUp() {
  requireNode()
  installPackages()
  await build()
}
