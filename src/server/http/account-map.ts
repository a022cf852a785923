// The zones of an account for the screen: shapes as GeoJSON, one amount a zone, its class and colour, as the report's maps have
// them. Pure. Always holds: the zones are the account's own boundaries and nothing else is drawn; a zone without a figure is
// missing and has no colour.

import { convert, type Text } from '../../kernel/index.ts'
import {
  BASIS_TEXT,
  GROUPS,
  ratioKey,
  SERVICES,
  valueKey,
  type Basis,
  type Figure,
} from '../../domains/accounting/index.ts'
import {
  classOf,
  displayUnitLabel,
  fixedText,
  mapClasses,
  quantityCellText,
  RAMP,
  rampStep,
  scaled,
  type DisplayUnit,
} from '../../domains/accounting/report/index.ts'
import { BASES, moneyOf } from './account-views.ts'
import type { ZoneMap } from '../told/index.ts'
import type { Shelved } from './account-shelf.ts'

/** What a map may show: `per-area`, `*` (GEP), a group or a service. */
export function mapSubjects({ account, figures }: Shelved) {
  const has = (service: string): boolean =>
    account.boundaries.some((b) => figures.has(valueKey('constant', b.region, '*', service)))
  return [
    { id: 'per-area', title: { zh: '单位面积 GEP', en: 'GEP per area' } },
    { id: '*', title: { zh: 'GEP 合计', en: 'GEP, total' } },
    ...Object.entries(GROUPS).map(([id, title]) => ({ id, title })),
    ...SERVICES.map(({ id, title }) => ({
      id: id as string,
      title: { zh: `${id} ${title.zh}`, en: `${id} ${title.en}` },
    })),
  ].filter((s) => s.id === 'per-area' || has(s.id))
}

const PER_AREA: DisplayUnit = { base: '元/km2', scale: '万', decimals: 2 }

export function mapView(s: Shelved, subject: string, basis: Basis): ZoneMap {
  const { account, figures } = s
  const { boundaries, head } = account
  const inside = boundaries.filter((b) => b.region !== head.region || boundaries.length === 1)
  const perArea = subject === 'per-area'
  const shown = perArea ? PER_AREA : moneyOf(s)
  const keyOf = (region: string): string =>
    perArea ? ratioKey(basis, region, 'per-area') : valueKey(basis, region, '*', subject)
  const found = inside.map((b) => ({ b, f: figures.get(keyOf(b.region)) }))
  const amount = (f: Figure): number => Number(fixedText(scaled(f.quantity, shown), 6).replaceAll(',', ''))
  const values = found.flatMap(({ f }) => (f ? [amount(f)] : []))
  const bounds = values.length === 0 ? [] : mapClasses(values).bounds
  const colours = bounds.slice(1).map((_, k) => RAMP[rampStep(k, bounds.length - 1)]!)
  const names = new Map(head.regions.map((r) => [r.code, r.name]))
  return {
    subjects: mapSubjects(s),
    subject,
    basis,
    bases: BASES.filter((b) => figures.has(valueKey(b, head.region))).map((id) => ({ id, title: BASIS_TEXT[id] })),
    basisTitle: BASIS_TEXT[basis],
    year: basis === 'constant' ? head.priceYear : head.year,
    unit: { zh: displayUnitLabel(shown, 'zh'), en: displayUnitLabel(shown, 'en') },
    classes: colours.map((colour, k) => ({ from: bounds[k]!, to: bounds[k + 1]!, colour })),
    /** Degrees, or metres of a map of its own. */
    degrees: inDegrees(inside),
    pixels: (account.maps ?? []).length > 0 && s.pack.manifest.withInputs,
    ...(head.mapNumber === undefined ? {} : { mapNumber: head.mapNumber }),
    zones: {
      type: 'FeatureCollection' as const,
      features: found.map(({ b, f }) => ({
        type: 'Feature' as const,
        id: b.region,
        geometry: { type: 'MultiPolygon' as const, coordinates: b.polygons },
        properties: {
          region: b.region,
          name: names.get(b.region) ?? ({ zh: b.region, en: b.region } satisfies Text),
          ...(f
            ? {
                code: f.code,
                title: f.title,
                text: quantityCellText(f.quantity, shown),
                amount: convert(f.quantity, shown.base).value.toNumber(),
                colour: colours[classOf(amount(f), bounds)]!,
              }
            : {}),
        },
      })),
    },
  }
}

const inDegrees = (boundaries: Shelved['account']['boundaries']): boolean =>
  boundaries.every((b) =>
    b.polygons.every((p) => p.every((r) => r.every(([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 90))),
  )
