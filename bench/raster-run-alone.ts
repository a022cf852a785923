// A run of an account as a program of its own: its start is that of the command, and not that of everything the benches load.

import { rasterRun } from './raster-run.ts'

const [what, folder] = process.argv.slice(2)
process.stdout.write(JSON.stringify(await rasterRun(folder!, what!)))
