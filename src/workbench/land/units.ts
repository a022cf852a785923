// Spatial units as the screens read them, and the shapes that stand in their rows as GeoJSON.

import { useQuery } from '@tanstack/react-query'
import { civilDateIn, instant, type Text } from '../../kernel/index.ts'
import { useSession } from '../api/session.tsx'
import type { Geometry, MapFeature } from '../map/layers.ts'
import type { Measured } from '../map/map-box.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'

/** The day in Beijing. */
export const today = (): string => civilDateIn(instant(new Date().toISOString()), '+08:00')

export const shapeOf = (row: Row, name = 'shape'): Geometry | undefined => {
  const text = textOf(row, name)
  return text === undefined ? undefined : (JSON.parse(text) as Geometry)
}

/** Rows with a shape as what a map draws. */
export const featuresOf = (rows: readonly Row[], id: (row: Row, i: number) => string): readonly MapFeature[] =>
  rows.flatMap((row, i): MapFeature[] => {
    const geometry = shapeOf(row)
    if (!geometry) return []
    const label = textOf(row, 'name')
    return [
      {
        id: id(row, i),
        geometry,
        ...(label === undefined ? {} : { label }),
        ...(row['sound'] === false ? { look: 'fault' as const } : {}),
      },
    ]
  })

/** China with its seas: the window that holds every unit. */
const EVERYWHERE = { west: '72', south: '3', east: '136', north: '54' }

/** As many shapes as a map shows at once, and as many rows as the server gives; of more, tiles are drawn. */
export const MOST_SHAPES = 1_000

/** All units the role sees, with shapes, where they are not too many. */
export function useUnitShapes(enabled: boolean) {
  return useRows('unitsInWindow', { input: { ...EVERYWHERE, on: today() }, limit: MOST_SHAPES }, enabled)
}

export function useUnit(id: string): { readonly row: Row | undefined; readonly isPending: boolean } {
  const asked = useRows('units', { input: { on: today() }, search: id, limit: 1 })
  return { row: asked.data?.rows[0], isPending: asked.isPending }
}

/** Asks the server, so that the screen and the record measure alike. */
export function useMeasure(): (shape: Geometry) => Promise<Measured> {
  const { ask } = useSession()
  return async (shape) => {
    const words = new URLSearchParams({ shape: JSON.stringify(shape) })
    const { rows } = await ask<{ readonly rows: readonly Row[] }>(`/api/v1/queries/measure-shape?${words.toString()}`)
    return { lines: rows.flatMap(measuredLines) }
  }
}

function measuredLines(row: Row): readonly Text[] {
  const [m2, ha, mu, m] = ['areaM2', 'areaHa', 'areaMu', 'lengthM'].map((name) => textOf(row, name))
  return [
    ...(m2 === undefined || ha === undefined || mu === undefined
      ? []
      : [{ zh: `面积 ${m2} 平方米 = ${ha} 公顷 = ${mu} 亩`, en: `Area ${m2} m² = ${ha} ha = ${mu} mu` }]),
    ...(m === undefined ? [] : [{ zh: `长 ${m} 米`, en: `Length ${m} m` }]),
  ]
}

/** How many units there are for the role. */
export function useCount() {
  const { ask, role } = useSession()
  return useQuery({
    queryKey: ['rows', 'units-count', role?.role],
    queryFn: async () =>
      (await ask<{ readonly total: number }>(`/api/v1/queries/units?on=${today()}&_limit=1&_columns=id`)).total,
  })
}
