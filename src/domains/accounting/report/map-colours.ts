// Colours of pixel maps: ramps for amounts, one family of colours for each kind of ecosystem.
// Serves readers who do not tell red from green and readers of grey prints: every ramp runs one way in lightness, and the
// eight families stand apart in lightness, so that two neighbours never rest on hue alone (the tests measure it).

import { KIND_COLOURS } from './palette.ts'

export type RampName = 'water' | 'soil' | 'carbon' | 'terrain' | 'generic'

/** From least to most. */
export const PIXEL_RAMPS: Readonly<Record<RampName, readonly string[]>> = {
  water: ['#e3f0fa', '#a9cfe8', '#5fa3d0', '#2a6fb0', '#0a376f'],
  soil: ['#fff3cc', '#fccb7c', '#ee8f33', '#b9500d', '#6b2404'],
  carbon: ['#eaf6dc', '#b5deac', '#6bba74', '#2a8149', '#044224'],
  terrain: ['#254f42', '#58825a', '#9aa869', '#d3c48f', '#f6efdc'],
  generic: ['#fde725', '#5ec962', '#21918c', '#3b528b', '#440154'],
}
/** Away from zero, below and above it. */
const BELOW = ['#f6e3c3', '#dfb36b', '#b57424', '#7d4506', '#4b2600'] as const
const ABOVE = ['#d5efeb', '#86cbc1', '#389a91', '#056a60', '#003c30'] as const

export type Rgb = readonly [number, number, number]
export const rgb = (hex: string): Rgb => {
  const n = Number.parseInt(hex.slice(1), 16)
  return [n >> 16, (n >> 8) & 255, n & 255]
}
const hex = (c: Rgb): string => `#${c.map((v) => Math.round(v).toString(16).padStart(2, '0')).join('')}`

/** A colour of a ramp at 0 to 1. */
export function rampAt(ramp: readonly string[], at: number): string {
  const place = Math.max(0, Math.min(1, at)) * (ramp.length - 1)
  const k = Math.min(Math.floor(place), ramp.length - 2)
  const [a, b] = [rgb(ramp[k]!), rgb(ramp[k + 1]!)]
  const t = place - k
  return hex([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t])
}

/** A colour for each class of rising bounds; amounts on both sides of zero take a ramp on each. */
export function classedColours(name: RampName, bounds: readonly number[]): readonly string[] {
  const classes = bounds.length - 1
  const below = bounds.slice(1).filter((b) => b <= 0).length
  if (bounds[0]! >= 0 || name === 'terrain')
    return Array.from({ length: classes }, (_, k) => rampAt(PIXEL_RAMPS[name], classes === 1 ? 0.5 : k / (classes - 1)))
  const side = (ramp: readonly string[], k: number, n: number): string =>
    rampAt(ramp, n === 1 ? 0.4 : (k / (n - 1)) * 0.9)
  return Array.from({ length: classes }, (_, k) =>
    k < below ? side(BELOW, below - 1 - k, below) : side(ABOVE, k - below, classes - below),
  )
}

/** The colour of an amount between two round ends. */
export function continuousColour(name: RampName, low: number, high: number, value: number): string {
  if (low >= 0 || name === 'terrain') return rampAt(PIXEL_RAMPS[name], high > low ? (value - low) / (high - low) : 0.5)
  const reach = Math.max(-low, high)
  return rampAt([...BELOW.toReversed(), '#f7f7f7', ...ABOVE], (value / reach + 1) / 2)
}

/** Light and dark end of each family; one class alone takes the middle colour. */
const FAMILIES: Readonly<Record<string, { readonly alone: string; readonly ramp: readonly string[] }>> = {
  forest: { alone: '#17512f', ramp: ['#0b3320', '#2b7044', '#63a06c'] },
  shrub: { alone: '#8a9440', ramp: ['#66702a', '#a3ad58', '#c0c67e'] },
  grass: { alone: '#c4de8c', ramp: ['#a9cf6f', '#cfe39b', '#e8f3cd'] },
  wetland: { alone: '#2b62b0', ramp: ['#143f86', '#3f83cf', '#9fcbf0'] },
  farm: { alone: '#fff3ae', ramp: ['#e6b93a', '#f8dd72', '#fff6c4'] },
  urban: { alone: '#c2475a', ramp: ['#7a2236', '#cf5468', '#eea7b0'] },
  desert: { alone: '#d69a5c', ramp: ['#b57536', '#d69a5c', '#efc795'] },
  other: { alone: '#bcbcc4', ramp: ['#85858f', '#bcbcc4', '#dedee4'] },
}
const STRANGERS = [...KIND_COLOURS, '#332288', '#dddddd', '#882255', '#f0e442', '#777777', '#000000'] as const

/** A colour for each class, by the family its code begins with (`forest.mixed` → forest), else from a list. */
export function classColours(codes: readonly (string | undefined)[]): readonly string[] {
  const family = (code: string | undefined): string => (code ?? '').split('.')[0]!
  let strangers = 0
  return codes.map((code, i) => {
    const own = FAMILIES[family(code)]
    if (!own) return STRANGERS[strangers++ % STRANGERS.length]!
    const kin = codes.flatMap((c, k) => (family(c) === family(code) ? [k] : []))
    return kin.length === 1 ? own.alone : rampAt(own.ramp, kin.indexOf(i) / (kin.length - 1))
  })
}

/** Pixels without a number. */
export const NODATA_COLOUR = '#e4e4e4'
