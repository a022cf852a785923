// What opening an account left behind is cleared away before a long pass, which itself leaves nothing: else it stands in memory until
// figures are made and counts towards the most a run takes. Always holds: no digit depends on it.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** From here on a pass takes longer than clearing away, some hundredths of a second. */
const LARGE_PIXELS = 4_000_000

/** Three models at 2000² peaked at 208 MB and peak at 171; what clearing takes is saved by those that look through less later. */
export function clearBeforePass({ width, height }: { readonly width: number; readonly height: number }): void {
  if (width * height >= LARGE_PIXELS) (collect ??= collector())()
}

let collect: (() => void) | undefined

/** V8's own, which it shows to a context made while it is asked to. */
function collector(): () => void {
  setFlagsFromString('--expose-gc')
  const found = runInNewContext('gc') as () => void
  setFlagsFromString('--no-expose-gc')
  return found
}
