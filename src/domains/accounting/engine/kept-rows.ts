// The rows of all services before they are valued, as they are kept from run to run: columns, of which thousands of rows are read
// in milliseconds. Always holds: what is read equals what was kept, in the same order.

import type { Text } from '../../../kernel/index.ts'
import type { Line } from '../model.ts'
import type { ServiceId } from '../services.ts'
import { column, inColumn, type Column } from './columns.ts'
import type { QuantityLine, QuantityRow } from './rows.ts'

/** What a service came to before it is valued: rows, or the one line that says why there are none. */
export interface ServiceRows {
  readonly service: ServiceId
  readonly methods: readonly string[]
  readonly rows: readonly QuantityRow[]
  readonly blank?: Line
}

/** Plain data. */
export interface KeptRows {
  readonly services: readonly (Omit<ServiceRows, 'rows'> & { readonly rows: number })[]
  readonly methods: Column<string>
  readonly regions: Column<string>
  readonly classes: Column<string | null>
  readonly items: Column<string | null>
  /** How many lines each row has, and these of all rows. */
  readonly counts: readonly number[]
  readonly lines: {
    readonly classes: Column<string>
    readonly items: Column<string>
    readonly titles: Column<Text>
    /** Place of its figure, or −1. */
    readonly quantities: readonly number[]
    readonly reasons: Column<Text | null>
  }
}

const textName = (t: Text | null): string => (t ? `${t.zh}\n${t.en}` : '')

/** @param placeOf a figure's place, by its key */
export function keepRows(services: readonly ServiceRows[], placeOf: (key: string) => number): KeptRows {
  const rows = services.flatMap((s) => s.rows)
  const lines = rows.flatMap((r) => r.lines)
  return {
    services: services.map((s) => ({ ...s, rows: s.rows.length })),
    methods: column(rows.map((r) => r.method)),
    regions: column(rows.map((r) => r.place.region)),
    classes: column(rows.map((r) => r.place.class ?? null)),
    items: column(rows.map((r) => r.place.item ?? null)),
    counts: rows.map((r) => r.lines.length),
    lines: {
      classes: column(lines.map((l) => l.class)),
      items: column(lines.map((l) => l.item)),
      titles: column(
        lines.map((l) => l.itemTitle),
        textName,
      ),
      quantities: lines.map((l) => ('quantity' in l ? placeOf(l.quantity) : -1)),
      reasons: column(
        lines.map((l) => ('reason' in l ? l.reason : null)),
        textName,
      ),
    },
  }
}

/** @param keyOf a figure's key, by its place */
export function readRows(kept: KeptRows, keyOf: (place: number) => string): readonly ServiceRows[] {
  const { methods, regions, classes, items, counts, lines } = kept
  let [row, line] = [0, 0]
  const nextLine = (): QuantityLine => {
    const i = line++
    const place = lines.quantities[i]!
    const about = {
      class: inColumn(lines.classes, i),
      item: inColumn(lines.items, i),
      itemTitle: inColumn(lines.titles, i),
    }
    return place < 0 ? { ...about, reason: inColumn(lines.reasons, i)! } : { ...about, quantity: keyOf(place) }
  }
  const nextRow = (): QuantityRow => {
    const i = row++
    const [cls, item] = [inColumn(classes, i), inColumn(items, i)]
    return {
      method: inColumn(methods, i),
      place: {
        region: inColumn(regions, i),
        ...(cls === null ? {} : { class: cls }),
        ...(item === null ? {} : { item }),
      },
      lines: Array.from({ length: counts[i]! }, nextLine),
    }
  }
  return kept.services.map((s) => ({ ...s, rows: Array.from({ length: s.rows }, nextRow) }))
}
