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
const { main } = await import(pathToFileURL(entry).href)
await main(process.argv.slice(2))
