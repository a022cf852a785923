#!/usr/bin/env node
// The `qingshan` command: `npx qingshan …` from a checkout. Sets up on first use and bundles again when a source is newer.

import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, setUp } from './set-up.mjs'

const entry = join(root, 'dist', 'main.mjs')

function newest(dir) {
  return readdirSync(dir, { withFileTypes: true }).reduce((t, e) => {
    const path = join(dir, e.name)
    return Math.max(t, e.isDirectory() ? newest(path) : statSync(path).mtimeMs)
  }, 0)
}

if (!existsSync(entry) || statSync(entry).mtimeMs < newest(join(root, 'src'))) await setUp()
const words = process.argv.slice(2)
// A run of an account can be watched and ended; where a password may be asked for, the terminal belongs to the command itself.
const isWatched = words[0] === 'account' && (words[1] === 'run' || words[1] === 'merge') && !words.includes('--as')
if (isWatched && process.env['QINGSHAN_PROGRESS'] !== 'json') {
  const { runWatched } = await import(pathToFileURL(join(root, 'dist', 'watched-run.mjs')).href)
  await runWatched(words)
} else {
  const { main } = await import(pathToFileURL(entry).href)
  await main(words)
}
