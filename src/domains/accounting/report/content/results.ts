// Chapter: the accounts. Physical quantities by service and type; values on both bases by service, type and region;
// per area, per person, and the two ratios under their own names.
// Always holds: a row or column total is a figure of its own with its code, never added up here.

import { sameDimensions, unit } from '../../../../kernel/index.ts'
import { extentKey, quantityKey, ratioKey, valueKey } from '../../figure-key.ts'
import { BASIS_TEXT, type Basis, type Line } from '../../model.ts'
import { getService, type ServiceId } from '../../services.ts'
import type { Block, Cell, Row, TableBlock } from '../document.ts'
import { displayUnit, displayUnitLabel, inUnit, KM2, percentText, unitFor, type DisplayUnit } from '../number-text.ts'
import { extentSection } from './extent.ts'
import { absentCell, absentNote, figureCell, groupOf, linesOf, moneyCell, requiredCell, type Page } from './page.ts'
import { mapPictures } from './map-pictures.ts'
import { classChart, perAreaMap, servicesChart, totalMap } from './pictures.ts'
import { landscape, wideTable, type WideColumn } from './tables.ts'

const BASES: readonly Basis[] = ['constant', 'current']
/** Beside the naming columns; ten codes fit the width of a landscape page. */
const MOST_COLUMNS = 10
const PER_AREA: DisplayUnit = { base: '元/km2', scale: '万', decimals: 2 }
const PER_PERSON: DisplayUnit = { base: '元/人', scale: '', decimals: 2 }

export async function resultsChapter(page: Page): Promise<readonly Block[]> {
  const pictures = {
    services: await servicesChart(page),
    classes: await classChart(page),
    perArea: perAreaMap(page, 'constant', 'full'),
    total: totalMap(page),
  }
  const maps = mapPictures(page)
  const note = absentNote(page)
  const heading = (level: 2, zh: string, en: string): Block => ({ kind: 'heading', level, text: page.say(zh, en) })
  return [
    ...landscape([
      { kind: 'heading', level: 1, text: page.say('核算结果', 'Results') },
      heading(2, '实物量账户', 'Physical account'),
      ...physicalTables(page, note),
    ]),
    heading(2, '价值量账户', 'Value account'),
    valueTable(page, note),
    ...(pictures.services ? [pictures.services] : []),
    heading(2, '按生态系统类型', 'By ecosystem type'),
    classTotals(page),
    ...(pictures.classes ? [pictures.classes] : []),
    ...landscape(BASES.flatMap((b) => matrix(page, b, classColumns(page, b), note))),
    ...(page.regions.length > 0
      ? [
          heading(2, '按地区', 'By region'),
          ...(pictures.total ? [pictures.total] : []),
          ...(pictures.perArea ? [pictures.perArea] : []),
          ...landscape([...regionTables(page, note), ...regionByService(page, note)]),
        ]
      : []),
    ...(maps.length > 0 ? [heading(2, '逐像元地图', 'Pixel maps'), ...maps] : []),
    heading(2, '单位面积、人均与两个比率', 'Per area, per person and two ratios'),
    ...ratios(page),
    heading(2, '生态系统面积及其变化', 'Extent of ecosystems and its change'),
    ...extentSection(page),
    ...seea(page),
  ]
}

interface PhysicalRow {
  readonly service: ServiceId
  readonly item: string
  readonly name: string
  readonly lines: readonly Line[]
  readonly unit?: DisplayUnit
}

function physicalRows(page: Page): readonly PhysicalRow[] {
  return page.services.flatMap((service) => {
    const lines = linesOf(page, { service })
    const items = new Map(lines.map((l) => [l.item, page.t(l.itemTitle)]))
    return [...items].map(([item, name]): PhysicalRow => {
      const of = lines.filter((l) => l.item === item)
      const figures = ['*', ...page.classes].flatMap((c) => page.find(quantityKey(page.root, c, service, item)) ?? [])
      if (figures.length === 0) return { service, item, name, lines: of }
      const base = unitFor(figures[0]!.quantity, getService(service).unit)
      return {
        service,
        item,
        name,
        lines: of,
        unit: displayUnit(
          base,
          figures.map((f) => inUnit(f.quantity, base)),
        ),
      }
    })
  })
}

function physicalTables(page: Page, absent: string | undefined): readonly TableBlock[] {
  const rows = physicalRows(page)
  const yuan = unit('元')
  const inMoney = rows.some((r) => r.unit && sameDimensions(unit(r.unit.base), yuan))
  const notes = [
    ...(inMoney
      ? [
          page.say(
            '单位为元的行，统计只给出产值，没有单独的实物量。',
            'Rows in yuan: statistics give the output in money and no physical quantity beside it.',
          ),
        ]
      : []),
    ...(absent !== undefined ? [absent] : []),
  ]
  const note = notes.length === 0 ? undefined : notes.join(page.lang === 'zh' ? '' : ' ')
  const cell = (row: PhysicalRow, cls: string): Cell => {
    const lines = cls === '*' ? row.lines : row.lines.filter((l) => l.class === cls)
    return row.unit
      ? figureCell(page, quantityKey(page.root, cls, row.service, row.item), row.unit, lines)
      : absentCell(page, lines)
  }
  const column = (title: string, cls: string): WideColumn => ({
    column: { title, align: 'right', width: 2 },
    cell: (i) => cell(rows[i]!, cls),
  })
  return wideTable(page, {
    caption: page.say(
      `${page.regionName(page.root)}实物量（服务 × 生态系统类型）`,
      `Physical quantities of ${page.regionName(page.root)} by service and ecosystem type`,
    ),
    heads: [
      {
        column: { title: page.say('服务', 'Service'), align: 'left', width: 2.1 },
        cell: (i) => ({ text: page.serviceName(rows[i]!.service) }),
      },
      {
        column: { title: page.say('项目', 'Item'), align: 'left', width: 2.1 },
        cell: (i) => ({ text: rows[i]!.name }),
      },
      {
        column: { title: page.say('单位', 'Unit'), align: 'left', width: 1.3 },
        cell: (i) => ({ text: rows[i]!.unit ? displayUnitLabel(rows[i]!.unit, page.lang) : '—' }),
      },
    ],
    columns: page.classes.map((c) => column(page.className(c), c)),
    tail: [column(page.say('合计', 'Total'), '*')],
    rows: rows.map(() => ({})),
    most: MOST_COLUMNS,
    ...(note !== undefined ? { note } : {}),
  })
}

function valueTable(page: Page, note: string | undefined): TableBlock {
  const pair = (service: string): readonly Cell[] =>
    BASES.flatMap((b): readonly Cell[] => {
      const [part, whole] = [page.yuan(valueKey(b, page.root, '*', service)), page.yuan(valueKey(b, page.root))]
      return [
        moneyCell(page, valueKey(b, page.root, '*', service), linesOf(page, { service })),
        part && whole ? { text: percentText(part, whole), derived: true } : { text: '—' },
      ]
    })
  const groups = (['M', 'R', 'C'] as const).flatMap((g): readonly Row[] => {
    const services = page.services.filter((id) => groupOf(id) === g)
    if (services.length === 0) return []
    return [
      ...services.map((id): Row => ({ depth: 1, cells: [{ text: page.serviceName(id) }, ...pair(id)] })),
      {
        kind: 'total',
        cells: [{ text: page.say(`${page.serviceName(g)}小计`, `${page.serviceName(g)}, subtotal`) }, ...pair(g)],
      },
    ]
  })
  const { head } = page.account
  return {
    kind: 'table',
    caption: page.say(
      `${page.regionName(page.root)}价值量（按服务，两种口径并列）`,
      `Value of ${page.regionName(page.root)} by service, both bases side by side`,
    ),
    headRows: [
      [
        { text: '', span: 1 },
        { text: `${page.t(BASIS_TEXT.constant)} · ${head.priceYear}`, span: 2 },
        { text: `${page.t(BASIS_TEXT.current)} · ${head.year}`, span: 2 },
      ],
    ],
    columns: [
      { title: page.say('服务', 'Service'), align: 'left', width: 2.6 },
      { title: page.say('价值', 'Value'), unit: page.moneyLabel, align: 'right', width: 2.7 },
      { title: page.say('占比', 'Share'), unit: '%', align: 'right', width: 1.1 },
      { title: page.say('价值', 'Value'), unit: page.moneyLabel, align: 'right', width: 2.7 },
      { title: page.say('占比', 'Share'), unit: '%', align: 'right', width: 1.1 },
    ],
    rows: [...groups, { kind: 'total', cells: [{ text: 'GEP' }, ...pair('*')] }],
    note: [
      page.say(
        '各项显示值四舍五入，与合计可能有末位之差；精确到分的数值见附录三。',
        'Shown numbers are rounded and may differ from the total in the last place; exact amounts stand in Appendix C.',
      ),
      ...(note !== undefined ? [note] : []),
    ].join(page.lang === 'zh' ? '' : ' '),
  }
}

/** GEP of each class on both bases. */
function classTotals(page: Page): TableBlock {
  const row = (name: string, cls: string, kind?: 'total'): Row => ({
    ...(kind ? { kind } : {}),
    cells: [
      { text: name },
      ...BASES.flatMap((b): readonly Cell[] => {
        const [part, whole] = [page.yuan(valueKey(b, page.root, cls)), page.yuan(valueKey(b, page.root))]
        return [
          moneyCell(page, valueKey(b, page.root, cls), cls === '*' ? [] : linesOf(page, { class: cls })),
          part && whole ? { text: percentText(part, whole), derived: true } : { text: '—' },
        ]
      }),
    ],
  })
  return {
    kind: 'table',
    caption: page.say('各生态系统类型的价值', 'Value by ecosystem type, both bases'),
    columns: [
      { title: page.say('类型', 'Type'), align: 'left', width: 2 },
      { title: page.say('考核口径', 'Assessment basis'), unit: page.moneyLabel, align: 'right', width: 3 },
      { title: page.say('占比', 'Share'), unit: '%', align: 'right', width: 1.2 },
      { title: page.say('贡献口径', 'Contribution basis'), unit: page.moneyLabel, align: 'right', width: 3 },
      { title: page.say('占比', 'Share'), unit: '%', align: 'right', width: 1.2 },
    ],
    rows: [...page.classes.map((c) => row(page.className(c), c)), row('GEP', '*', 'total')],
    ...(page.classes.includes('-')
      ? {
          note: page.say(
            '“不分类型”为不能归到某一生态系统类型的服务，如旅游康养。',
            '"No type" holds services that belong to no single ecosystem type, such as tourism.',
          ),
        }
      : {}),
  }
}

function classColumns(page: Page, basis: Basis): readonly WideColumn[] {
  return page.classes.map((c) => ({
    column: { title: page.className(c), align: 'right', width: 2 },
    cell: (i) => {
      const service = [...page.services, '*'][i]!
      return moneyCell(
        page,
        valueKey(basis, page.root, c, service),
        service === '*' ? [] : linesOf(page, { service, class: c }),
      )
    },
  }))
}

/** Service × class on one basis. */
function matrix(
  page: Page,
  basis: Basis,
  columns: readonly WideColumn[],
  note: string | undefined,
): readonly TableBlock[] {
  const services = [...page.services, '*']
  return wideTable(page, {
    caption: page.say(
      `价值量（服务 × 生态系统类型，${page.basisName(basis)}，${page.moneyLabel}）`,
      `Value by service and ecosystem type, ${page.basisName(basis)}, ${page.moneyLabel}`,
    ),
    heads: [
      {
        column: { title: page.say('服务', 'Service'), align: 'left', width: 2.4 },
        cell: (i) => ({ text: page.serviceName(services[i]!) }),
      },
    ],
    columns,
    tail: [
      {
        column: { title: page.say('合计', 'Total'), align: 'right', width: 2 },
        cell: (i) =>
          moneyCell(page, valueKey(basis, page.root, '*', services[i]!), linesOf(page, { service: services[i]! })),
      },
    ],
    rows: services.map((s) => (s === '*' ? { kind: 'total' as const } : {})),
    most: MOST_COLUMNS,
    ...(note !== undefined ? { note } : {}),
  })
}

function regionRows(page: Page): readonly { readonly code: string; readonly depth: number }[] {
  return [...page.regions, { code: page.root, depth: 0 }]
}

/** Every region with area, the three groups, GEP on both bases, per area and per person; by code. */
function regionTables(page: Page, note: string | undefined): readonly TableBlock[] {
  const rows = regionRows(page)
  const at = (i: number): string => rows[i]!.code
  const money = (title: string, basis: Basis, service: string): WideColumn => ({
    column: { title, unit: page.moneyLabel, align: 'right', width: 2 },
    cell: (i) =>
      moneyCell(
        page,
        valueKey(basis, at(i), '*', service),
        linesOf(page, { region: at(i), ...(service.length > 1 ? { service } : {}) }),
      ),
  })
  return wideTable(page, {
    caption: page.say(
      '各地区结果（按地区代码排列，不作排名）',
      'Results by region (in the order of codes; not a ranking)',
    ),
    heads: regionHeads(page, rows),
    columns: [
      {
        column: { title: page.say('面积', 'Area'), unit: 'km²', align: 'right', width: 1.9 },
        cell: (i) => figureCell(page, extentKey(at(i), '*', 'closing'), KM2),
      },
      money(`${page.serviceName('M')}${page.say('（考核）', ' (assessment)')}`, 'constant', 'M'),
      money(`${page.serviceName('R')}${page.say('（考核）', ' (assessment)')}`, 'constant', 'R'),
      money(`${page.serviceName('C')}${page.say('（考核）', ' (assessment)')}`, 'constant', 'C'),
      money(page.say('GEP（考核口径）', 'GEP (assessment)'), 'constant', '*'),
      money(page.say('GEP（贡献口径）', 'GEP (contribution)'), 'current', '*'),
      {
        column: {
          title: page.say('单位面积（考核）', 'Per area (assessment)'),
          unit: displayUnitLabel(PER_AREA, page.lang),
          align: 'right',
          width: 1.9,
        },
        cell: (i) => figureCell(page, ratioKey('constant', at(i), 'per-area'), PER_AREA),
      },
      {
        column: {
          title: page.say('人均（考核）', 'Per person (assessment)'),
          unit: displayUnitLabel(PER_PERSON, page.lang),
          align: 'right',
          width: 2,
        },
        cell: (i) => figureCell(page, ratioKey('constant', at(i), 'per-person'), PER_PERSON),
      },
    ],
    rows: rows.map((r, i) => (i === rows.length - 1 ? { kind: 'total' as const } : { depth: r.depth })),
    most: MOST_COLUMNS,
    ...(note !== undefined ? { note } : {}),
  })
}

const regionHeads = (page: Page, rows: readonly { readonly code: string }[]): readonly WideColumn[] => [
  {
    column: { title: page.say('地区', 'Region'), align: 'left', width: 2.5 },
    cell: (i) => ({ text: page.regionName(rows[i]!.code) }),
  },
  {
    column: { title: page.say('代码', 'Code'), align: 'left', width: 1.3 },
    cell: (i) => ({ text: rows[i]!.code, emphasis: 'mono' }),
  },
]

/** Region × service on the assessment basis. */
function regionByService(page: Page, note: string | undefined): readonly TableBlock[] {
  const rows = regionRows(page)
  return wideTable(page, {
    caption: page.say(
      `各地区各项服务价值（${page.basisName('constant')}，${page.moneyLabel}）`,
      `Value by region and service, ${page.basisName('constant')}, ${page.moneyLabel}`,
    ),
    heads: regionHeads(page, rows),
    columns: page.services.map((service) => ({
      column: { title: page.serviceName(service), align: 'right', width: 2 },
      cell: (i) =>
        moneyCell(
          page,
          valueKey('constant', rows[i]!.code, '*', service),
          linesOf(page, { service, region: rows[i]!.code }),
        ),
    })),
    rows: rows.map((r, i) => (i === rows.length - 1 ? { kind: 'total' as const } : { depth: r.depth })),
    most: MOST_COLUMNS,
    ...(note !== undefined ? { note } : {}),
  })
}

function ratios(page: Page): readonly Block[] {
  const row = (name: string, what: string, unit: DisplayUnit): Row => ({
    cells: [
      { text: name },
      { text: displayUnitLabel(unit, page.lang) },
      ...BASES.map((b) => requiredCell(page, ratioKey(b, page.root, what), unit)),
    ],
  })
  return [
    {
      kind: 'table',
      caption: page.say('单位面积、人均与两个比率', 'Per area, per person and two ratios'),
      columns: [
        { title: page.say('指标', 'Item'), align: 'left', width: 3 },
        { title: page.say('单位', 'Unit'), align: 'left', width: 1.8 },
        { title: page.t(BASIS_TEXT.constant), align: 'right', width: 2.8 },
        { title: page.t(BASIS_TEXT.current), align: 'right', width: 2.8 },
      ],
      rows: [
        row(page.say('单位面积 GEP', 'GEP per area'), 'per-area', PER_AREA),
        row(page.say('人均 GEP', 'GEP per person'), 'per-person', PER_PERSON),
        row(page.say('GEP 与 GDP 之比', 'Ratio of GEP to GDP'), 'gep-to-gdp', { base: '1', scale: '', decimals: 4 }),
        row(page.say('初级转化率', 'Primary conversion rate'), 'primary-conversion', {
          base: '%',
          scale: '',
          decimals: 2,
        }),
      ],
      note: page.say(
        'GEP 与 GDP 之比只是两个统计数之比，二者口径不同，不能互相折算。初级转化率为（物质供给＋文化服务）与 GEP 之比：构成比例，不是已经收到的钱。',
        'The ratio of GEP to GDP sets two statistics side by side; they measure different things and neither turns into the other. The primary conversion rate is (provisioning + cultural) over GEP: a share in the structure, not money already received.',
      ),
    },
  ]
}

function seea(page: Page): readonly Block[] {
  const tables = page.options.extraTables ?? []
  if (tables.length === 0) return []
  const heading: Block = { kind: 'heading', level: 2, text: page.say('SEEA EA 账表', 'SEEA EA tables') }
  return tables.some((t) => t.columns.length > 6) ? landscape([heading, ...tables]) : [heading, ...tables]
}
