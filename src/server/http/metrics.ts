// What the server measures of itself, in the text format of Prometheus (version 0.0.4): requests by route and status, how long
// they took, what waits to be written, memory, the lag of the event loop, the log.
// Always holds: labels are patterns of routes, methods and statuses; there are no more series than routes times statuses.

import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FastifyInstance } from 'fastify'
import type { Ready } from './health-routes.ts'

/** Upper bounds in seconds: from what a cached list takes to what an account in a browser still waits for. */
const BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] as const

interface Series {
  readonly labels: string
  readonly counts: number[]
  seconds: number
  count: number
}

export interface Measures {
  readonly requests: ReadonlyMap<string, { readonly labels: string; count: number }>
  readonly durations: ReadonlyMap<string, Series>
  /** Nanoseconds; percentiles since the last reading. */
  readonly lag: ReturnType<typeof monitorEventLoopDelay>
  readonly acts: () => { readonly accepted: number; readonly refused: number; readonly waiting: number }
}

const quoted = (s: string): string => s.replace(/[\\"\n]/g, '_')

export function measure(app: FastifyInstance, acts: Measures['acts']): Measures {
  const requests = new Map<string, { readonly labels: string; count: number }>()
  const durations = new Map<string, Series>()
  const lag = monitorEventLoopDelay({ resolution: 20 })
  lag.enable()
  app.addHook('onClose', (_, done) => {
    lag.disable()
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = quoted(request.routeOptions.url ?? '-')
    const where = `method="${quoted(request.method)}",route="${route}"`
    const labels = `${where},status="${reply.statusCode}"`
    const one = requests.get(labels) ?? { labels, count: 0 }
    one.count += 1
    requests.set(labels, one)
    const series = durations.get(where) ?? { labels: where, counts: BUCKETS.map(() => 0), seconds: 0, count: 0 }
    const seconds = reply.elapsedTime / 1000
    const bucket = BUCKETS.findIndex((most) => seconds <= most)
    if (bucket >= 0) series.counts[bucket]! += 1
    series.seconds += seconds
    series.count += 1
    durations.set(where, series)
    done()
  })
  return { requests, durations, lag, acts }
}

/** @param now.record is absent where the database is away */
export function metricsText(m: Measures, now: { readonly record?: Ready; readonly publishedSize: number }): string {
  const lines: string[] = []
  const family = (name: string, type: 'counter' | 'gauge' | 'histogram', help: string, rows: readonly string[]): void =>
    void lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...rows)
  const one = (name: string, type: 'counter' | 'gauge', help: string, value: number): void =>
    family(name, type, help, [`${name} ${value}`])

  family(
    'qingshan_http_requests_total',
    'counter',
    'Requests answered.',
    [...m.requests.values()].map((r) => `qingshan_http_requests_total{${r.labels}} ${r.count}`),
  )
  family(
    'qingshan_http_request_duration_seconds',
    'histogram',
    'Time from the request to the end of its answer.',
    [...m.durations.values()].flatMap(histogram),
  )
  const { accepted, refused, waiting } = m.acts()
  family('qingshan_submissions_total', 'counter', 'Submissions answered.', [
    `qingshan_submissions_total{outcome="accepted"} ${accepted}`,
    `qingshan_submissions_total{outcome="refused"} ${refused}`,
  ])
  one('qingshan_submissions_waiting', 'gauge', 'Submissions that are not answered yet.', waiting)
  const p99 = m.lag.percentile(99)
  one(
    'qingshan_event_loop_lag_seconds',
    'gauge',
    'Lag of the event loop since the last reading, 99th percentile.',
    finite(p99 / 1e9),
  )
  one(
    'qingshan_event_loop_lag_most_seconds',
    'gauge',
    'The longest lag since the last reading.',
    finite(m.lag.max / 1e9),
  )
  m.lag.reset()
  const { rss, heapUsed } = process.memoryUsage()
  one('qingshan_memory_resident_bytes', 'gauge', 'Memory of the process.', rss)
  one('qingshan_memory_heap_bytes', 'gauge', 'Heap in use.', heapUsed)
  one('qingshan_uptime_seconds', 'gauge', 'How long the process has run.', Math.round(process.uptime()))
  one('qingshan_database_up', 'gauge', '1 where the database answers.', now.record ? 1 : 0)
  if (now.record) {
    one('qingshan_log_entries', 'gauge', 'Acts in the log.', now.record.logSize)
    one(
      'qingshan_oldest_job_wait_seconds',
      'gauge',
      'How long the longest waiting job waits beyond its time.',
      now.record.oldestJobSeconds,
    )
  }
  one('qingshan_log_published_entries', 'gauge', 'Acts in the published log.', now.publishedSize)
  return `${lines.join('\n')}\n`
}

const finite = (n: number): number => (Number.isFinite(n) ? n : 0)

function histogram({ labels, counts, seconds, count }: Series): readonly string[] {
  const name = 'qingshan_http_request_duration_seconds'
  let below = 0
  return [
    ...BUCKETS.map((most, i) => `${name}_bucket{${labels},le="${most}"} ${(below += counts[i]!)}`),
    `${name}_bucket{${labels},le="+Inf"} ${count}`,
    `${name}_sum{${labels}} ${seconds}`,
    `${name}_count{${labels}} ${count}`,
  ]
}
