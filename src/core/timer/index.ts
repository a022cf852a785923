// Clocks that submit commands when they are due, and jobs that follow an act.

import type { Domain } from '../record/index.ts'
import { timerCommands } from './commands.ts'
import { timerQueries } from './queries.ts'

export { fireDueTimers, type Fired, type FireOptions } from './fire.ts'
export { JOB_DELAYS_MS, JOB_TRIES, jobActId, runJobs, type JobOptions, type JobsRun } from './jobs.ts'
export { startClock, type Clock, type ClockOptions } from './clock.ts'
export { timerMigrations } from './schema.ts'

export const timerDomain: Domain = {
  name: 'timer',
  title: { zh: '到期与后续办理', en: 'clocks and jobs' },
  commands: timerCommands,
  queries: timerQueries,
}
