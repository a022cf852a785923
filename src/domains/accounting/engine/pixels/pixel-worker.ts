// The other threads of a pass over maps: a module of its own in the bundle. Always holds: it does what it is told and holds
// nothing between two jobs.

import { parentPort } from 'node:worker_threads'
import { serveJob, type ThreadJob } from '../../../../raster/index.ts'
import { isHashJob, openHashes } from '../../inputs/shared-hashes.ts'
import { openPieces } from './shared-sums.ts'

parentPort?.on('message', (job: ThreadJob) =>
  serveJob(job, (own) => (isHashJob(own) ? openHashes(own) : openPieces(own))),
)
