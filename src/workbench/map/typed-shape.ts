// A shape typed as its corners, one a line: the way to draw for who has coordinates on paper, or no mouse.
// Accepts decimal degrees and degrees, minutes, seconds; longitude first, or told by E and N.

import type { Geometry, Position } from './layers.ts'

export type Kind = 'Point' | 'LineString' | 'Polygon'

/** @returns the shape, or the number of the first line that is no corner, 0 where there are too few */
export function shapeTyped(text: string, kind: Kind): Geometry | number {
  const lines = text.split('\n').map((line) => line.trim())
  const corners: Position[] = []
  for (const [i, line] of lines.entries()) {
    if (line === '') continue
    const corner = cornerOf(line)
    if (!corner) return i + 1
    corners.push(corner)
  }
  if (kind === 'Point') return corners.length === 1 ? { type: 'Point', coordinates: corners[0]! } : 0
  if (kind === 'LineString') return corners.length >= 2 ? { type: 'LineString', coordinates: corners } : 0
  const [first, last] = [corners[0], corners.at(-1)]
  const closed = first && last && first[0] === last[0] && first[1] === last[1] ? corners : [...corners, first!]
  return closed.length >= 4 ? { type: 'Polygon', coordinates: [closed] } : 0
}

/** `112.5, 28.1` · `112°30′00″E 28°06′00″N` */
export function cornerOf(line: string): Position | undefined {
  const angles = [...line.matchAll(ANGLE)]
  if (angles.length !== 2 || line.replace(ANGLE, '').replace(/[\s,，;；、]/g, '') !== '') return undefined
  const [a, b] = angles.map((m) => ({ value: angleOf(m), side: m[4]?.toUpperCase() }))
  const turned = a!.side === 'N' || b!.side === 'E'
  const [lon, lat] = turned ? [b!.value, a!.value] : [a!.value, b!.value]
  return Number.isFinite(lon) && Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : undefined
}

const ANGLE = /([+-]?\d+(?:\.\d+)?)\s*°?\s*(?:(\d+(?:\.\d+)?)\s*[′'分]\s*)?(?:(\d+(?:\.\d+)?)\s*[″"秒]\s*)?([ENen])?/g

function angleOf(m: RegExpMatchArray): number {
  const [minutes, seconds] = [Number(m[2] ?? 0), Number(m[3] ?? 0)]
  if (minutes >= 60 || seconds >= 60) return NaN
  const whole = Number(m[1])
  const part = minutes / 60 + seconds / 3600
  return m[1]!.startsWith('-') ? whole - part : whole + part
}

/** Corners as they are typed, for going on from what was drawn. */
export function typedOf(g: Geometry | undefined): string {
  if (!g) return ''
  const line = ([lon, lat]: Position): string => `${trimmed(lon)}, ${trimmed(lat)}`
  if (g.type === 'Point') return line(g.coordinates)
  if (g.type === 'LineString') return g.coordinates.map(line).join('\n')
  if (g.type === 'Polygon') return (g.coordinates[0] ?? []).slice(0, -1).map(line).join('\n')
  return ''
}

/** A ninth digit of a degree is a tenth of a millimetre. */
const trimmed = (x: number): string => String(Number(x.toFixed(9)))
