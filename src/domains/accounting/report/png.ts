// SVG to PNG with Chinese glyphs: the fall-back picture for offices that cannot draw SVG, and for watermarks.
// Always holds: the face comes from an installed package and never from the machine, so pixels repeat; loaded on first use.

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

interface Drawer {
  (svg: string, widthPx: number): Uint8Array
}

let drawer: Promise<Drawer> | undefined

async function load(): Promise<Drawer> {
  const require = createRequire(import.meta.url)
  const [{ initWasm, Resvg }, wasm, face] = await Promise.all([
    import('@resvg/resvg-wasm'),
    readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')),
    readFile(require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf')),
  ])
  await initWasm(wasm)
  return (svg, widthPx) => {
    const resvg = new Resvg(svg, {
      font: {
        fontBuffers: [face],
        defaultFontFamily: 'Noto Sans SC',
        sansSerifFamily: 'Noto Sans SC',
        loadSystemFonts: false,
      },
      fitTo: { mode: 'width', value: widthPx },
    })
    try {
      return resvg.render().asPng()
    } finally {
      resvg.free()
    }
  }
}

/** PNG bytes, `widthPx` wide. @throws Error where the SVG is not well formed (a bug of the drawing code) */
export async function svgToPng(svg: string, widthPx: number): Promise<Uint8Array> {
  return (await (drawer ??= load()))(svg, widthPx)
}

/** 16 cm of paper at 300 dots an inch. */
const PRINT_PX = 1890
const SIGNATURE_AND_HEAD = 33
/** pHYs: 11 811 pixels a metre both ways, with its check sum. */
const DENSITY = [0, 0, 0, 9, 0x70, 0x48, 0x59, 0x73, 0, 0, 0x2e, 0x23, 0, 0, 0x2e, 0x23, 1, 0x78, 0xa5, 0x3f, 0x76]

/** PNG for print: 16 cm wide, which the file says of itself. */
export async function printPng(svg: string): Promise<Uint8Array> {
  const png = await svgToPng(svg, PRINT_PX)
  const out = new Uint8Array(png.length + DENSITY.length)
  out.set(png.subarray(0, SIGNATURE_AND_HEAD))
  out.set(DENSITY, SIGNATURE_AND_HEAD)
  out.set(png.subarray(SIGNATURE_AND_HEAD), SIGNATURE_AND_HEAD + DENSITY.length)
  return out
}
