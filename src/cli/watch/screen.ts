// The run as a terminal shows it: a bar and below it the counties, drawn again in place. Without a terminal plain lines: the
// progress in tenths, and each county when it is final.
// Always holds: what is drawn is taken away before anything else is written, so that bar and table never stand in other text.

import { progressLines } from '../progress-lines.ts'
import { cut, textWidth } from '../text-width.ts'
import type { CountyLine, Told } from './told.ts'

export interface Screen {
  take(told: Extract<Told, { kind: 'step' | 'stepped' | 'counties' }>): void
  /** Writes something else. */
  aside(write: () => void): void
  end(): void
}

export interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
  write(text: string): unknown
}

type Step = Extract<Told, { kind: 'step' }>

const BAR = 32
/** Counties stand in so many lines at most; the rest is counted. */
const MOST_LINES = 8

export const screenOf = (out: Terminal): Screen => (out.isTTY ? drawn(out) : lines(out))

function lines(out: Terminal): Screen {
  const line = progressLines((s) => out.write(s))
  const told = new Set<string>()
  return {
    take(said) {
      if (said.kind === 'step') line(said.title, said.done, said.of, said.what)
      if (said.kind !== 'counties') return
      const { counties } = said.table
      for (const { code, name, isFinal } of counties) {
        if (!isFinal || told.has(code)) continue
        told.add(code)
        out.write(`  ✓ 已定 / final: ${code} ${name.zh}（${told.size}/${counties.length}）\n`)
      }
    },
    aside: (write) => write(),
    end: () => undefined,
  }
}

function drawn(out: Terminal): Screen {
  let [step, counties, height] = [undefined as Step | undefined, [] as readonly CountyLine[], 0]
  const clear = (): void => {
    if (height > 0) out.write(`\u001b[${height}A\u001b[0J`)
    height = 0
  }
  const draw = (): void => {
    const columns = (out.columns ?? 80) - 1
    const most = Math.max(0, Math.min(MOST_LINES, (out.rows ?? 24) - 4))
    const all = [...(step ? [barOf(step)] : []), ...tableOf(counties, columns, most)].map((l) => cut(l, columns))
    clear()
    if (all.length === 0) return
    height = all.length
    out.write(`${all.join('\n')}\n`)
  }
  return {
    take(said) {
      if (said.kind === 'step') step = said
      else if (said.kind === 'counties') counties = said.table.counties
      else {
        if (step) {
          clear()
          out.write(`${barOf({ ...step, done: step.of, what: { zh: '完成', en: 'done' } })}\n`)
        }
        ;[step, counties] = [undefined, []]
      }
      draw()
    },
    aside(write) {
      clear()
      write()
      draw()
    },
    end() {
      clear()
      ;[step, counties] = [undefined, []]
    },
  }
}

function barOf({ title, done, of, what }: Step): string {
  const share = Math.min(1, done / Math.max(1, of))
  const full = Math.round(BAR * share)
  return `${title.zh} ${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${Math.floor(100 * share)}% ${what.zh}`
}

/** One line that counts, then the counties in work and those that were final last. */
function tableOf(counties: readonly CountyLine[], columns: number, most: number): readonly string[] {
  if (counties.length === 0) return []
  const final = counties.filter((c) => c.isFinal)
  const partial = counties.filter((c) => !c.isFinal && c.done > 0)
  const rest = counties.length - final.length - partial.length
  const count = `各县 / counties: ✓ 已定 final ${final.length}  ~ 部分 partial ${partial.length}  · 未到 to come ${rest}`
  const cells = [...partial, ...[...final].reverse()].map((c) =>
    c.isFinal ? `✓ ${c.name.zh} 已定` : `~ ${c.name.zh} 部分 ${Math.floor((100 * c.done) / c.tiles)}%`,
  )
  const width = Math.max(0, ...cells.map(textWidth)) + 3
  const perLine = Math.max(1, Math.floor(columns / width))
  const rows = Array.from({ length: Math.min(most, Math.ceil(cells.length / perLine)) }, (_, r) =>
    cells
      .slice(r * perLine, (r + 1) * perLine)
      .map((c) => c + ' '.repeat(width - textWidth(c)))
      .join('')
      .trimEnd(),
  )
  return [count, ...rows.map((r) => `  ${r}`)]
}
