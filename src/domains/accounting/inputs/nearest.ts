// The names nearest to one that was not found, so that a hint can say what was probably meant.

/** Edit distance with adjacent moves counted as two edits; texts are short. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, k) => k)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let k = 1; k <= b.length; k++)
      row.push(Math.min(above[k]! + 1, row[k - 1]! + 1, above[k - 1]! + (a[i - 1] === b[k - 1] ? 0 : 1)))
    above = row
  }
  return above[b.length]!
}

/** Up to `count` of `names`, nearest first; ties in the order of the names. */
export function nearest(wanted: string, names: readonly string[], count = 3): readonly string[] {
  const w = wanted.normalize('NFKC').toLowerCase()
  return names
    .map((name) => {
      const n = name.normalize('NFKC').toLowerCase()
      const contained = n.includes(w) || w.includes(n) ? -100 : 0
      return { name, far: contained + distance(w.slice(0, 60), n.slice(0, 60)) }
    })
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .slice(0, count)
    .map((x) => x.name)
}
