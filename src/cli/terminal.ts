// What a person sees in a terminal: progress bars, problems, tables with Chinese text in line. Chinese first, English second.

import cliProgress from 'cli-progress'
import { placeText, type Problem, type Text } from '../kernel/index.ts'
import { progressLines } from './progress-lines.ts'
import { textWidth } from './text-width.ts'

export interface Progress {
  readonly step: (done: number, of: number, what: Text) => void
  readonly end: () => void
}

/** A bar on a terminal; elsewhere a line for each kind of work and each tenth of it, so that a thousand tiles are ten lines. */
export function progressBar(title: Text): Progress {
  if (process.env['QINGSHAN_PROGRESS'] === 'json') return progressJson(title)
  if (!process.stderr.isTTY) {
    const line = progressLines((s) => process.stderr.write(s))
    return { step: (done, of, what) => line(title, done, of, what), end: () => undefined }
  }
  const bar = new cliProgress.SingleBar({
    format: `${title.zh} {bar} {percentage}% {what}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    stream: process.stderr,
  })
  bar.start(1, 0, { what: '' })
  return {
    step: (done, of, what) => {
      bar.setTotal(of)
      bar.update(done, { what: what.zh })
    },
    end: () => {
      bar.update(bar.getTotal(), { what: '完成' })
      bar.stop()
    },
  }
}

/** For a program that watches: a line of JSON for each hundredth. */
function progressJson(title: Text): Progress {
  let last = -1
  return {
    step: (done, of) => {
      const hundredth = Math.floor((100 * done) / Math.max(1, of))
      if (hundredth !== last) process.stderr.write(`${JSON.stringify({ progress: { stage: title, done, of } })}\n`)
      last = hundredth
    },
    end: () => undefined,
  }
}

/** Red before yellow, one block a problem: where, what in both languages, what to do. */
export function printProblems(
  problems: readonly (Problem & { readonly explained?: { readonly reason: string; readonly by: string } })[],
  out: (s: string) => void,
): void {
  const order = [...problems].sort((a, b) => (a.severity === b.severity ? 0 : a.severity === 'red' ? -1 : 1))
  for (const p of order) {
    const sign = p.severity === 'red' ? '✗ 红' : '! 黄'
    const where = placeText(p.at)
    const next = p.explained ? `已说明（${p.explained.by}）：${p.explained.reason}` : `${p.hint.zh} / ${p.hint.en}`
    out(`${sign} [${p.code}] ${where ? `${where}：` : ''}${p.zh}\n    ${p.en}\n    → ${next}`)
  }
}

export type Align = 'left' | 'right'

export function textTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Align[],
): string {
  const widths = head.map((h, i) => Math.max(textWidth(h), ...rows.map((r) => textWidth(r[i] ?? ''))))
  const pad = (s: string, i: number): string => {
    const space = ' '.repeat(Math.max(0, widths[i]! - textWidth(s)))
    return align[i] === 'right' ? space + s : s + space
  }
  const line = (r: readonly string[]): string => r.map(pad).join('  ').trimEnd()
  return [line(head), widths.map((w) => '─'.repeat(w)).join('  '), ...rows.map(line)].join('\n')
}
