// The record keeps the clocks and jobs themselves; what this room adds is that a clock may stand as failed.

import type { Migration } from '../store/index.ts'

export const timerMigrations: readonly Migration[] = [
  {
    id: 'timer-0001-failed-clocks',
    before: `select exists (select 1 from pg_constraint where conname = 'timer_status_check')`,
    up: [
      `alter table timer drop constraint timer_status_check,
        add constraint timer_status_check check (status in ('running', 'fired', 'stopped', 'failed'))`,
      `create index timer_failed on timer (due) where status = 'failed'`,
      `create index job_failed on job (act) where status = 'failed'`,
    ],
    check: `select pg_get_constraintdef(oid) like '%failed%' from pg_constraint where conname = 'timer_status_check'`,
  },
]
