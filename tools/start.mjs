// npm start: sets up, then runs the account of the sample county (or of `-- --data FOLDER`) and serves the report on loopback.

import { setUp, root } from './set-up.mjs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

await setUp()
const { main } = await import(pathToFileURL(join(root, 'dist', 'main.mjs')).href)
await main(['start', ...process.argv.slice(2)])
