// Progress where there is no terminal: a line for each kind of work and each tenth of it, so that a thousand tiles are ten lines.

import type { Text } from '../kernel/index.ts'

export function progressLines(
  write: (line: string) => void,
): (title: Text, done: number, of: number, what: Text) => void {
  let last = ''
  return (title, done, of, what) => {
    const tenth = `${title.zh} ${Math.floor((10 * done) / Math.max(1, of))} ${what.zh}`
    if (tenth !== last) write(`${title.zh} / ${title.en}: ${Math.floor(done)}/${of} ${what.zh}\n`)
    last = tenth
  }
}
