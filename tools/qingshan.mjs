#!/usr/bin/env node
// The `qingshan` command: `npx qingshan …` from a checkout. Sets up on first use.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, setUp } from './set-up.mjs'

const entry = join(root, 'dist', 'main.mjs')
if (!existsSync(entry)) await setUp()
const { main } = await import(pathToFileURL(entry).href)
await main(process.argv.slice(2))
