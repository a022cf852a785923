// The rows of the workbook that belong to one unit, as the inputs its method asks for.
// Always holds: rows keep the order of the sheet; a row that cannot be read is a problem and not a guess.

import { dec, type CivilDate, type Problem } from '../../../kernel/index.ts'
import { placeOf, type Sheet } from '../../../core/exchange-formats/index.ts'
import type { Fact } from '../model.ts'
import {
  COSTS,
  FACTORS,
  type AccountRow,
  type Chosen,
  type Deal,
  type Factor,
  type Inputs,
  type Product,
  type ServiceChange,
  type Voucher,
} from './model.ts'
import { problem } from './problems.ts'
import type { UnitYaml } from './schema.ts'
import {
  choiceAt,
  factAt,
  findSheet,
  readUnitRows,
  SHEETS,
  textAt,
  wholeAt,
  type Reader,
  type SheetName,
  type UnitRow,
} from './sheets.ts'

type RowOf<N extends SheetName> = UnitRow<keyof (typeof SHEETS)[N]['columns'] & string>

export interface UnitSheets {
  readonly sha256: string
  readonly file: string
  has(name: SheetName): boolean
  of<N extends SheetName>(name: N, unit: string): readonly RowOf<N>[]
}

/** Reads every known sheet once; rows of unknown units are told and left out. */
export function rowsBySheet(
  sheets: readonly Sheet[],
  sha256: string,
  ids: ReadonlySet<string>,
  problems: Problem[],
): UnitSheets {
  const all = new Map<SheetName, readonly UnitRow[]>()
  for (const name of Object.keys(SHEETS) as SheetName[]) {
    const sheet = findSheet(sheets, name)
    if (!sheet) continue
    const { rows, problems: found } = readUnitRows(sheet, name)
    problems.push(...found)
    const strange = rows.filter((r) => !ids.has(r.unit))
    if (strange.length > 0)
      problems.push(
        problem(
          'vep.unknown-unit-row',
          { sheet: sheet.name, count: strange.length, unit: strange[0]!.unit },
          { file: sheet.file, sheet: sheet.name },
        ),
      )
    all.set(name, rows)
  }
  return {
    sha256,
    file: sheets[0]?.file ?? '',
    has: (name) => all.has(name),
    of: <N extends SheetName>(name: N, unit: string) =>
      (all.get(name) ?? []).filter((r) => r.unit === unit) as readonly RowOf<N>[],
  }
}

const readerOf = (rows: UnitSheets): Reader => ({ problems: [], sha256: rows.sha256 })
const yearOf = (date: CivilDate): number => Number(date.slice(0, 4))

export function readProducts(
  unit: string,
  date: CivilDate,
  rows: UnitSheets,
): { readonly products: readonly Product[]; readonly problems: readonly Problem[] } {
  const reader = readerOf(rows)
  const products = rows.of('products', unit).flatMap((r): readonly Product[] => {
    const name = textAt(r.cells.product)
    const period = textAt(r.cells.period)
    const quantity = factAt(
      {
        argument: 'vep.product',
        unit,
        item: `${name}#${r.row}`,
        year: period,
        cell: r.cells.quantity,
        beside: r.cells.id,
        unitText: textAt(r.cells.unit),
        of: yearOf(date),
        source: textAt(r.cells.source),
      },
      reader,
    )
    if (!quantity) return []
    return [
      {
        name,
        ecosystem: textAt(r.cells.ecosystem),
        service: textAt(r.cells.service),
        period,
        quantity,
        source: textAt(r.cells.source),
      },
    ]
  })
  return { products, problems: reader.problems }
}

export type ChosenReader = (argument: string, key: keyof UnitYaml & string, want: string) => Chosen | undefined

export function readInputs(
  u: UnitYaml,
  date: CivilDate,
  rows: UnitSheets,
  chosen: ChosenReader,
): { readonly inputs: Inputs; readonly problems: readonly Problem[] } {
  const reader = readerOf(rows)
  const need = (name: SheetName): void => {
    if (!rows.has(name))
      reader.problems.push(
        problem('vep.no-sheet', { unit: u.id, sheet: SHEETS[name].zh, file: rows.file }, { file: rows.file }),
      )
  }
  const optional = <K extends string>(key: K, value: Chosen | undefined): Partial<Record<K, Chosen>> =>
    value ? ({ [key]: value } as Record<K, Chosen>) : {}
  const timing = u.timing ? { timing: u.timing } : {}
  const inputs = ((): Inputs => {
    switch (u.method) {
      case 'income':
        need('accounts')
        return {
          method: 'income',
          rows: accountRows(u.id, date, rows, reader),
          ...optional('contribution', chosen('vep.contribution', 'contribution', '1')),
          ...optional('discount', chosen('vep.discount', 'discount', '%')),
          ...timing,
        }
      case 'market':
        need('deals')
        return {
          method: 'market',
          deals: deals(u.id, date, rows, reader),
          ...optional('size', chosen('vep.size', 'size', '亩')),
        }
      case 'cost':
        need('vouchers')
        return {
          method: 'cost',
          vouchers: vouchers(u.id, date, rows, reader),
          ...optional('compounding', chosen('vep.compounding', 'compounding', '%')),
          ...optional('profit', chosen('vep.profit', 'profit', '%')),
          ...optional('depreciation', chosen('vep.depreciation', 'depreciation', '元')),
        }
      case 'value-change':
        need('states')
        need('prices')
        return {
          method: 'value-change',
          services: services(u, date, rows, reader),
          ...(u.change ? { change: u.change } : {}),
          ...optional('discount', chosen('vep.discount', 'discount', '%')),
          ...timing,
        }
    }
  })()
  return { inputs, problems: reader.problems }
}

const SIDES = { revenue: ['收入', 'revenue'], cost: ['成本', 'cost'] } as const
const NATURES = { actual: ['实绩', 'actual'], forecast: ['预测', 'forecast'] } as const

function accountRows(unit: string, date: CivilDate, rows: UnitSheets, reader: Reader): readonly AccountRow[] {
  return rows.of('accounts', unit).flatMap((r): readonly AccountRow[] => {
    const beside = r.cells.id
    const t = wholeAt(r.cells.year, beside, 1, 100, reader)
    const side = choiceAt(r.cells.side, beside, SIDES, reader)
    const nature = choiceAt(r.cells.nature, beside, NATURES, reader)
    const item = textAt(r.cells.item)
    const base = { unit, beside, of: yearOf(date) }
    const amount = factAt(
      {
        ...base,
        argument: `vep.${side ?? 'amount'}`,
        item: `${item}#${r.row}`,
        year: t ?? '-',
        cell: r.cells.amount,
        unitText: r.headingUnits.amount ?? '',
        want: '元',
      },
      reader,
    )
    if (t === undefined || !side || !nature || !amount) return []
    const year = factAt(
      { ...base, argument: 'vep.year', item: `#${r.row}`, year: t, cell: r.cells.year, unitText: 'a' },
      reader,
    )
    return year ? [{ t, side, item, nature, year, amount }] : []
  })
}

function deals(unit: string, date: CivilDate, rows: UnitSheets, reader: Reader): readonly Deal[] {
  return rows.of('deals', unit).flatMap((r): readonly Deal[] => {
    const name = textAt(r.cells.deal)
    const base = { unit, beside: r.cells.id, year: textAt(r.cells.date), of: yearOf(date) }
    const source = textAt(r.cells.source)
    const price = factAt(
      {
        ...base,
        argument: 'vep.deal-price',
        item: `${name}#${r.row}`,
        cell: r.cells.price,
        unitText: r.headingUnits.price ?? '',
        want: '元/亩',
        ...(source ? { source } : {}),
      },
      reader,
    )
    const ratio = (key: Factor | 'weight'): Fact | undefined =>
      factAt(
        { ...base, argument: `vep.deal-${key}`, item: `${name}#${r.row}`, cell: r.cells[key], unitText: '1' },
        reader,
      )
    const factors = Object.fromEntries((Object.keys(FACTORS) as Factor[]).map((k) => [k, ratio(k)])) as Record<
      Factor,
      Fact | undefined
    >
    const weight = ratio('weight')
    if (!price || !weight || Object.values(factors).some((f) => f === undefined)) return []
    return [{ name, source, date: base.year, price, factors: factors as Record<Factor, Fact>, weight }]
  })
}

const COST_NAMES = {
  protection: [COSTS.protection.zh, COSTS.protection.en],
  restoration: [COSTS.restoration.zh, COSTS.restoration.en],
  operation: [COSTS.operation.zh, COSTS.operation.en],
} as const

function vouchers(unit: string, date: CivilDate, rows: UnitSheets, reader: Reader): readonly Voucher[] {
  return rows.of('vouchers', unit).flatMap((r): readonly Voucher[] => {
    const beside = r.cells.id
    const item = textAt(r.cells.item)
    const kind = choiceAt(r.cells.kind, beside, COST_NAMES, reader)
    const year = wholeAt(r.cells.year, beside, 1950, 2200, reader)
    const base = { unit, beside, item: `${item}#${r.row}`, year: year ?? '-', of: yearOf(date) }
    const number = textAt(r.cells.number)
    const amount = factAt(
      {
        ...base,
        argument: 'vep.voucher',
        cell: r.cells.amount,
        unitText: r.headingUnits.amount ?? '',
        want: '元',
        ...(number ? { source: number } : {}),
      },
      reader,
    )
    if (!kind || year === undefined || !amount) return []
    if (year > yearOf(date)) {
      reader.problems.push(
        problem(
          'vep.voucher-later',
          { unit, item, year },
          r.cells.year && { file: r.cells.year.file, sheet: r.cells.year.sheet, cell: r.cells.year.address },
        ),
      )
      return []
    }
    const age = factAt(
      {
        ...base,
        argument: 'vep.age',
        cell: r.cells.year,
        unitText: 'a',
        reads: (typed) => dec(yearOf(date)).minus(typed),
      },
      reader,
    )
    return age ? [{ kind, item, number, age, amount }] : []
  })
}

function services(u: UnitYaml, date: CivilDate, rows: UnitSheets, reader: Reader): readonly ServiceChange[] {
  const listed = u.services ?? []
  const names = new Set(listed.map((s) => s.name))
  const states = rows.of('states', u.id)
  const prices = rows.of('prices', u.id)
  for (const r of [...states, ...prices]) {
    const name = textAt(r.cells.service)
    const cell = r.cells.service ?? r.cells.id
    if (!names.has(name))
      reader.problems.push(problem('vep.unlisted-service', { unit: u.id, service: name }, cell && placeOf(cell)))
  }
  return listed
    .filter((s, i) => {
      const first = listed.findIndex((x) => x.name === s.name) === i
      if (!first) reader.problems.push(problem('vep.twice', { unit: u.id, what: s.name }, { file: 'vep.yaml' }))
      return first
    })
    .map((s): ServiceChange => {
      const state = states.filter((r) => textAt(r.cells.service) === s.name)
      const price = prices.filter((r) => textAt(r.cells.service) === s.name)
      refuseTwins(state, (r) => textAt(r.cells.variable), u.id, reader)
      refuseTwins(price, (r) => textAt(r.cells.service), u.id, reader)
      const ground = textAt(price[0]?.cells.ground)
      const fact = price[0] && priceFact(s.name, price[0], ground, u.id, date, reader)
      return {
        service: s.service,
        name: s.name,
        ...(s.rule ? { rule: { id: s.rule.id, output: s.rule.output, keys: s.rule.keys ?? {} } } : {}),
        with: stateFacts('with', s.name, state, u.id, date, reader),
        without: stateFacts('without', s.name, state, u.id, date, reader),
        ...(fact ? { price: fact } : {}),
        priceGround: ground,
      }
    })
}

function refuseTwins<N extends 'states' | 'prices'>(
  rows: readonly RowOf<N>[],
  nameOf: (r: RowOf<N>) => string,
  unit: string,
  reader: Reader,
): void {
  const seen = new Set<string>()
  for (const r of rows) {
    const what = nameOf(r)
    if (seen.has(what)) {
      const cell = r.cells.id
      reader.problems.push(problem('vep.twice', { unit, what }, cell && placeOf(cell)))
    }
    seen.add(what)
  }
}

function stateFacts(
  which: 'with' | 'without',
  service: string,
  rows: readonly RowOf<'states'>[],
  unit: string,
  date: CivilDate,
  reader: Reader,
): Readonly<Record<string, Fact>> {
  return Object.fromEntries(
    rows.flatMap((r) => {
      const variable = textAt(r.cells.variable)
      const fact = factAt(
        {
          argument: `vep.${which}`,
          unit,
          item: `${service}·${variable}#${r.row}`,
          year: yearOf(date),
          cell: r.cells[which],
          beside: r.cells.id,
          unitText: textAt(r.cells.unit),
          of: yearOf(date),
        },
        reader,
      )
      return fact ? [[variable, fact] as const] : []
    }),
  )
}

const priceFact = (
  service: string,
  r: RowOf<'prices'>,
  ground: string,
  unit: string,
  date: CivilDate,
  reader: Reader,
): Fact | undefined =>
  factAt(
    {
      argument: 'vep.price',
      unit,
      item: `${service}#${r.row}`,
      year: yearOf(date),
      cell: r.cells.price,
      beside: r.cells.id,
      unitText: textAt(r.cells.unit),
      of: yearOf(date),
      ...(ground ? { source: ground } : {}),
    },
    reader,
  )
