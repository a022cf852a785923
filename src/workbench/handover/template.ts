// A template of a table as CSV: its headings and nothing else, for any office program. Pure.
// Always holds: no cell is read as a formula, and a heading with a comma stays one cell.

/** @param headings one a line */
export function templateCsv(headings: string): string {
  const cells = headings
    .split('\n')
    .map((h) => (/^[=+\-@\t]/.test(h) ? `'${h}` : h))
    .map((h) => (/[",\r]/.test(h) ? `"${h.replaceAll('"', '""')}"` : h))
  return `\ufeff${cells.join(',')}\r\n`
}
