// The legend of a pixel map and the colour of each pixel: one decision, so that the two never differ.
// Always holds: classes stand in the given order with their share, amounts in at most five classes (or a ramp with
// ticks) from high to low, and pixels without a number have their own line where there are any.

import { dec, type Lang } from '../../../kernel/index.ts'
import { VALID } from '../../../raster/index.ts'
import { escapeText, html, ownMarkup, type Markup } from './html-template.ts'
import { classOf } from './map-classes.ts'
import { classColours, classedColours, continuousColour, NODATA_COLOUR } from './map-colours.ts'
import { MAP_WORDS, px, textWidth, wrapped, type Point } from './map-frame.ts'
import { exactText } from './number-text.ts'
import { FAINT } from './palette.ts'
import { pixelLimits, rampTicks, roundEnds } from './pixel-classes.ts'
import type { PixelMap } from './pixel-map.ts'

export interface PixelLegend {
  readonly colours: readonly string[]
  /** Index into `colours`. */
  readonly colourOf: (value: number) => number
  /** Width of one column. */
  readonly width: number
  readonly height: (columns: number) => number
  /** Its upper left corner at a point. */
  readonly draw: (at: Point, columns: number) => Markup
}

interface Entry {
  readonly colour: string
  readonly text: string
}

const WORDS = {
  legend: { zh: '图例', en: 'Legend' },
  nothing: { zh: '没有有效数据', en: 'No valid data' },
  nodata: { zh: '无数据', en: 'No data' },
  /** A service is not counted on every type. */
  uncounted: { zh: '无数据或不计', en: 'No data or not counted' },
  strange: { zh: '未列入图例', en: 'Not in the legend' },
} as const

const SWATCH = { w: 28, gap: 8 }
const WIDEST = 215
const STRANGE = '#000000'
const SHADES = 200

/** Lines of text start at `size`, so that swatches and letters share a height. */
export function pixelLegend(map: PixelMap, size: number): PixelLegend {
  const valid = map.values.filter((_, k) => map.states[k] === VALID)
  const word = 'classes' in map.kind ? WORDS.nodata : WORDS.uncounted
  const empty: readonly Entry[] =
    valid.length < map.values.length ? [{ colour: NODATA_COLOUR, text: word[map.lang] }] : []
  if ('classes' in map.kind) {
    const { classes } = map.kind
    const own = classColours(classes.map((c) => c.classCode))
    const place = new Map(classes.map((c, k) => [c.value, k]))
    const strange = valid.some((v) => !place.has(v))
    const entries = [
      ...classes.map((c, k) => ({
        colour: own[k]!,
        text: c.share === undefined ? c.title[map.lang] : `${c.title[map.lang]} ${c.share}`,
      })),
      ...(strange ? [{ colour: STRANGE, text: WORDS.strange[map.lang] }] : []),
      ...empty,
    ]
    return swatches([WORDS.legend[map.lang]], entries, size, {
      colours: [...own, STRANGE],
      colourOf: (v) => place.get(v) ?? own.length,
    })
  }
  const { kind } = map
  if (valid.length === 0)
    return swatches([WORDS.nothing[map.lang]], empty, size, { colours: [NODATA_COLOUR], colourOf: () => 0 })
  const unit = typeof kind.unit === 'string' ? kind.unit : kind.unit[map.lang]
  if (kind.style === 'continuous') {
    const [low, high] = kind.breaks && kind.breaks.length > 1 ? [kind.breaks[0]!, kind.breaks.at(-1)!] : ends(valid)
    return ramp({
      low,
      high,
      colour: (v) => continuousColour(kind.ramp, low, high, v),
      unit,
      empty,
      size,
      lang: map.lang,
    })
  }
  const bounds = kind.breaks && kind.breaks.length > 1 ? kind.breaks : pixelLimits(valid)
  const colours = classedColours(kind.ramp, bounds)
  const say = numbers(bounds)
  const entries = colours
    .map((colour, k) => ({ colour, text: `${say.text(bounds[k]!)} – ${say.text(bounds[k + 1]!)}` }))
    .reverse()
  return swatches([`${MAP_WORDS.unit[map.lang]}${say.power}${unit}`], [...entries, ...empty], size, {
    colours,
    colourOf: (v) => classOf(v, bounds),
  })
}

function ends(valid: Float64Array): readonly [number, number] {
  const range = valid.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)] as const, [Infinity, -Infinity] as const)
  return roundEnds(range[0], range[1])
}

const SUPER = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** Very small and very large amounts take a power of ten out into the unit. */
function numbers(all: readonly number[]): { readonly power: string; readonly text: (n: number) => string } {
  const top = all.map((n) => dec(n).abs()).reduce((a, b) => (b.gt(a) ? b : a))
  const by = top.isZero() || (top.gte('0.01') && top.lt('1e8')) ? 0 : Math.floor(top.e / 3) * 3
  const digits = [...String(Math.abs(by))].map((d) => SUPER[Number(d)]!).join('')
  return {
    power: by === 0 ? '' : `10${by < 0 ? '⁻' : ''}${digits} `,
    text: (n) => exactText(dec(n).div(dec(`1e${by}`))).replace('-', '−'),
  }
}

/** Small figures the picture face lacks (CO₂, 10⁻⁶) are lowered or raised plain ones. */
function withSmallFigures(s: string, size: number): Markup {
  const small = '₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹'
  const marked = escapeText(s).replace(/[₀-₉]+|[⁻⁰¹²³⁴-⁹]+/g, (run) => {
    const shift = (/[₀-₉]/.test(run) ? 0.18 : -0.34) * size
    const plain = [...run].map((c) => (c === '⁻' ? '−' : String(small.indexOf(c) % 10))).join('')
    return `<tspan dy="${px(shift)}" font-size="${px(size * 0.72)}">${plain}</tspan><tspan dy="${px(-shift)}">&#8203;</tspan>`
  })
  return ownMarkup(marked.replace(/> /g, '>&#160;'))
}

function swatches(
  heads: readonly string[],
  entries: readonly Entry[],
  size: number,
  colouring: Pick<PixelLegend, 'colours' | 'colourOf'>,
): PixelLegend {
  const room = WIDEST - SWATCH.w - SWATCH.gap
  const head = heads.flatMap((h) => wrapped(h, size, WIDEST))
  const lines = entries.map((e) => ({ ...e, lines: wrapped(e.text, size, room) }))
  const widest = Math.max(
    ...head.map((h) => textWidth(h, size)),
    ...lines.map((e) => SWATCH.w + SWATCH.gap + Math.max(...e.lines.map((l) => textWidth(l, size)))),
  )
  // Many classes move closer together before they need a taller picture.
  const gap = entries.length > 12 ? 3 : 7
  const heightOf = (e: (typeof lines)[number]): number => e.lines.length * size * 1.2 + gap
  const headHeight = head.length * size * 1.3 + 6
  const perColumn = (columns: number): number => Math.ceil(lines.length / columns)
  const column = (columns: number, c: number): typeof lines =>
    lines.slice(c * perColumn(columns), (c + 1) * perColumn(columns))
  return {
    ...colouring,
    width: Math.ceil(widest),
    height: (columns) =>
      headHeight +
      Math.max(
        0,
        ...Array.from({ length: columns }, (_, c) => column(columns, c).reduce((h, e) => h + heightOf(e), 0)),
      ),
    draw: ([x, y], columns) =>
      html`${head.map(
        (h, k) =>
          html`<text x="${px(x)}" y="${px(y + size * (0.9 + k * 1.3))}" font-size="${size}"
            >${withSmallFigures(h, size)}</text
          >`,
      )}${Array.from({ length: columns }, (_, c) => {
        let at = y + headHeight
        return column(columns, c).map((e) => {
          const [cx, cy] = [x + c * (widest + 20), at]
          at += heightOf(e)
          return html`<rect
              x="${px(cx)}"
              y="${px(cy)}"
              width="${SWATCH.w}"
              height="${px(size * 1.1)}"
              fill="${e.colour}"
              stroke="${FAINT}"
              stroke-width="0.8"
            />${e.lines.map(
              (l, k) =>
                html`<text
                  x="${px(cx + SWATCH.w + SWATCH.gap)}"
                  y="${px(cy + size * (0.92 + k * 1.2))}"
                  font-size="${size}"
                  >${l}</text
                >`,
            )}`
        })
      })}`,
  }
}

interface Ramp {
  readonly low: number
  readonly high: number
  readonly colour: (value: number) => string
  readonly unit: string
  readonly empty: readonly Entry[]
  readonly size: number
  readonly lang: Lang
}

function ramp({ low, high, colour, unit, empty, size, lang }: Ramp): PixelLegend {
  const ticks = rampTicks(low, high)
  const say = numbers(ticks.length > 0 ? ticks : [low, high])
  const at = (k: number): number => low + ((high - low) * (k + 0.5)) / SHADES
  const colours = Array.from({ length: SHADES }, (_, k) => colour(at(k)))
  const long = 150
  const below = swatches([`${MAP_WORDS.unit[lang]}${say.power}${unit}`], empty, size, { colours, colourOf: () => 0 })
  const head = size * 1.3 + 10
  const height = head + long + 14 + (empty.length > 0 ? size * 1.2 + 7 : 0)
  return {
    colours,
    colourOf: (v) => Math.max(0, Math.min(SHADES - 1, Math.floor(((v - low) / (high - low)) * SHADES))),
    width: Math.max(below.width, SWATCH.w + 12 + Math.max(0, ...ticks.map((t) => textWidth(say.text(t), size)))),
    height: () => height,
    draw: ([x, y]) =>
      html`<text x="${px(x)}" y="${px(y + size * 0.9)}" font-size="${size}"
          >${withSmallFigures(`${MAP_WORDS.unit[lang]}${say.power}${unit}`, size)}</text
        >${Array.from({ length: 50 }, (_, k) => {
          const step = long / 50
          return html`<rect
            x="${px(x)}"
            y="${px(y + head + long - (k + 1) * step)}"
            width="${SWATCH.w}"
            height="${px(step + 0.4)}"
            fill="${colours[k * 4 + 2]!}"
          />`
        })}<rect
          x="${px(x)}"
          y="${px(y + head)}"
          width="${SWATCH.w}"
          height="${long}"
          fill="none"
          stroke="${FAINT}"
        />${ticks.map((t) => {
          const ty = y + head + long * (1 - (t - low) / (high - low))
          return html`<path d="M${px(x + SWATCH.w)} ${px(ty)}h5" stroke="${FAINT}" /><text
              x="${px(x + SWATCH.w + 9)}"
              y="${px(ty + size * 0.36)}"
              font-size="${size}"
              >${say.text(t)}</text
            >`
        })}${empty.map(
          (e) =>
            html`<rect
                x="${px(x)}"
                y="${px(y + head + long + 14)}"
                width="${SWATCH.w}"
                height="${px(size * 1.1)}"
                fill="${e.colour}"
                stroke="${FAINT}"
              /><text
                x="${px(x + SWATCH.w + SWATCH.gap)}"
                y="${px(y + head + long + 14 + size * 0.92)}"
                font-size="${size}"
                >${e.text}</text
              >`,
        )}`,
  }
}
