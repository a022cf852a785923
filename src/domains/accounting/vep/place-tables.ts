// Places as data: a CSV with one row a place and service, and JSON with every figure and its recipe.

import { decText } from '../../../kernel/index.ts'
import type { Figure } from '../model.ts'
import { perHectare } from './place-report.ts'
import type { Place, Places } from './place.ts'

const HEAD = ['place', 'service', 'item', 'title', 'quantity', 'unit', 'per_hectare', 'whole_per_hectare', 'pixels', 'missing', 'value_constant', 'value_unit', 'code'] // prettier-ignore

export function placeCsv({ places, wholeM2 }: Places): string {
  const rows = places.flatMap((p) =>
    p.services.map((s) => [
      p.id,
      s.service,
      s.item,
      s.title.zh,
      decText(s.quantity.quantity.value),
      s.quantity.quantity.unit.text,
      decText(perHectare(s.quantity, p.mappedM2)),
      s.whole ? decText(perHectare(s.whole, wholeM2)) : '',
      String(s.pixels ?? ''),
      String(s.missing ?? ''),
      s.value ? decText(s.value.quantity.value) : '',
      s.value ? s.value.quantity.unit.text : '',
      s.quantity.code,
    ]),
  )
  return [HEAD, ...rows].map((r) => `${r.map(cell).join(',')}\r\n`).join('')
}

const cell = (s: string): string => (/[",\r\n]/.test(s) ? `"${s.replaceAll('"', '""')}"` : s)

/** Places with areas and services, and all figures of the places with the recipes that gave them. */
export function placeJson({ places, account, wholeM2, file, problems }: Places): string {
  const codes = new Set(places.map((p) => p.code))
  return `${JSON.stringify(
    {
      qingshan: 'places/1',
      physicalOnly: !places.some((p) => p.services.some((s) => s.value)),
      engine: account.head.engine,
      year: account.head.year,
      boundaries: file,
      wholeM2,
      places: places.map(placeOf),
      figures: account.figures.filter((f) => codes.has(f.region)).map(figureOf),
      maps: account.maps,
      problems,
    },
    undefined,
    2,
  )}\n`
}

const placeOf = (p: Place) => ({
  id: p.id,
  region: p.region.code,
  drawnM2: p.drawnM2,
  mappedM2: p.mappedM2,
  ...(p.area ? { area: amountOf(p.area) } : {}),
  areas: p.areas.map((a) => ({ class: a.class, pixels: a.pixels, m2: a.m2, ...(a.figure ? { code: a.figure.code } : {}) })), // prettier-ignore
  services: p.services.map((s) => ({
    service: s.service,
    item: s.item,
    title: s.title,
    method: s.method,
    quantity: amountOf(s.quantity),
    ...(s.pixels === undefined ? {} : { pixels: s.pixels, missing: s.missing }),
    ...(s.whole ? { whole: amountOf(s.whole) } : {}),
    ...(s.value ? { referenceValue: amountOf(s.value) } : {}),
  })),
})

const amountOf = (f: Figure) => ({ value: decText(f.quantity.value), unit: f.quantity.unit.text, code: f.code })

const figureOf = (f: Figure) => ({ ...amountOf(f), key: f.key, title: f.title, recipe: f.recipe })
