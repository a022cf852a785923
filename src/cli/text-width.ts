// How wide a text stands in a terminal.

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u

/** Columns a text takes: Chinese signs take two. */
export const textWidth = (s: string): number => [...s].reduce((w, c) => w + (WIDE.test(c) ? 2 : 1), 0)

/** As much of it as fits into so many columns. */
export function cut(s: string, columns: number): string {
  let width = 0
  let end = 0
  for (const c of s) {
    width += textWidth(c)
    if (width > columns) return s.slice(0, end)
    end += c.length
  }
  return s
}
