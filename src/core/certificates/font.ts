// The face certificates are printed in, from an installed package and never from the machine, so that bytes repeat. It also
// says which signs the face lacks: a name with a rare character must not be printed with a box in it.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const FACES = {
  normal: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
} as const

export const facePaths = (): { readonly normal: string; readonly bold: string } => {
  const { resolve } = createRequire(import.meta.url)
  return { normal: resolve(FACES.normal), bold: resolve(FACES.bold) }
}

let known: ((codePoint: number) => boolean) | undefined

/** Signs of a text that the face has no glyph for, each once. */
export function missingGlyphs(words: string): readonly string[] {
  known ??= glyphsOf(readFileSync(facePaths().normal))
  const has = known
  return [...new Set(words)].filter((sign) => !/\s/.test(sign) && !has(sign.codePointAt(0)!))
}

/** Unicode, full repertoire: platform 3, encoding 10, as format 12 (OpenType, table `cmap`). */
const FULL = 12

/** @throws Error on a face without such a table: only a changed package could bring one */
function glyphsOf(font: Buffer): (codePoint: number) => boolean {
  const cmap = tableAt(font, 'cmap')
  const count = font.readUInt16BE(cmap + 2)
  for (let i = 0; i < count; i++) {
    const at = cmap + font.readUInt32BE(cmap + 8 + 8 * i)
    if (font.readUInt16BE(at) !== FULL) continue
    const groups = font.readUInt32BE(at + 12)
    return (c) => {
      let [low, high] = [0, groups - 1]
      while (low <= high) {
        const middle = (low + high) >> 1
        const group = at + 16 + 12 * middle
        if (c < font.readUInt32BE(group)) high = middle - 1
        else if (c > font.readUInt32BE(group + 4)) low = middle + 1
        else return font.readUInt32BE(group + 8) !== 0
      }
      return false
    }
  }
  throw new Error('the face has no cmap of format 12')
}

function tableAt(font: Buffer, tag: string): number {
  const tables = font.readUInt16BE(4)
  for (let i = 0; i < tables; i++) {
    const record = 12 + 16 * i
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8)
  }
  throw new Error(`the face has no ${tag}`)
}
