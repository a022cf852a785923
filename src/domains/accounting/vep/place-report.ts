// The report of places drawn on maps, a few pages: types and areas, physical services against the whole region, maps, what is
// lacking, what it is not. Always holds: it says that it is physical; money is 参考 and stands only where the list has prices.

import { convert, dec, text, unit, type Lang, type Text } from '../../../kernel/index.ts'
import type { Account, Figure } from '../model.ts'
import {
  drawView,
  FONTS,
  fixedText,
  shownText,
  unitLabel,
  type Block,
  type Cell,
  type Column,
  type MapWords,
  type ReportDocument,
  type Row,
  type TableBlock,
} from '../report/index.ts'
import { getService } from '../services.ts'
import type { Place, Places, PlaceService } from './place.ts'

export interface PlaceReportOptions {
  readonly lang: Lang
  readonly className: (code: string) => Text
}

export const PHYSICAL_ONLY: Text = text(
  '核算的是实物量：地图上一块地方的生态服务数量。它不是价值，不能直接用于交易、抵押或补偿；价值须按特定地域单元核算规则另行核算。',
  'What is accounted for is physical. The quantities say what the ecosystems of a place on the map do; they are no value and no ground for a trade, a pledge or a payment. A value is worked out by the rules for a place (VEP).',
)
const REFERENCE: Text = text(
  '清单中有价格，故列出按不变价折算的价值，仅供参考：不是特定地域单元价值（VEP），未经权属、期限和用途审查，也不与 GEP 相加。',
  'The list has prices, so values at constant prices are shown for reference only: they are not the value of a place (VEP), rights, terms and use were not examined, and they are never added to GEP.',
)

interface Pen {
  readonly places: Places
  readonly account: Account
  readonly lang: Lang
  readonly say: (zh: string, en: string) => string
  readonly className: (code: string) => string
}

export function placeDocument(places: Places, { lang, className }: PlaceReportOptions): ReportDocument {
  const { account } = places
  const { head } = account
  const pen: Pen = {
    places,
    account,
    lang,
    say: (zh, en) => (lang === 'zh' ? zh : en),
    className: (code) => className(code)[lang],
  }
  const priced = places.places.some((p) => p.services.some((s) => s.value))
  const internal = head.mapNumber === undefined
  return {
    lang,
    title: pen.say(`${head.title.zh}：地块实物量`, `${head.title.en}: services of places`),
    subtitle: pen.say('地块生态服务实物量报告', 'Physical ecosystem services of places'),
    status: priced
      ? pen.say('实物量，价值仅供参考', 'physical; values for reference')
      : pen.say('仅实物量', 'physical only'),
    coverLines: [
      { label: pen.say('地块', 'Places'), value: places.places.map((p) => p.id).join(pen.say('、', ', ')) },
      { label: pen.say('边界文件', 'Boundaries'), value: places.file },
      { label: pen.say('核算年份', 'Year'), value: String(head.year) },
      { label: pen.say('依据', 'From'), value: head.title[lang] },
    ],
    coverNotes: [
      PHYSICAL_ONLY[lang],
      ...(priced ? [REFERENCE[lang]] : []),
      ...(internal ? [pen.say('地图为内部资料，未经审图，不得公开。', 'The maps are internal material and have no review number.')] : []), // prettier-ignore
    ],
    marks: head.sample ? [pen.say('示范数据', 'Demonstration data')] : [],
    fonts: FONTS[lang],
    blocks: [
      { kind: 'page-break', next: 'portrait' },
      ...places.places.flatMap((p) => placeChapter(pen, p)),
      ...notes(pen, priced),
    ],
    date: head.legalDate,
  }
}

const hectares = (m2: number): string => shownText(dec(String(m2)).div(10_000), 2)
const share = (part: number, all: number): string => `${fixedText(dec(String(part)).div(String(all)).times(100), 1)}%`

function placeChapter(pen: Pen, place: Place): readonly Block[] {
  const { say } = pen
  return [
    { kind: 'heading', level: 1, text: say(`地块 ${place.id}`, `Place ${place.id}`) },
    {
      kind: 'key-values',
      pairs: [
        { key: say('所在地区', 'Region'), value: [{ text: place.region.name[pen.lang] }] },
        { key: say('所画面积', 'Area drawn'), value: [{ text: `${hectares(place.drawnM2)} hm²` }] },
        {
          key: say('有图面积', 'Area on the maps'),
          value: [
            {
              text: say(
                `${hectares(place.mappedM2)} hm²（按像元中心计，占所画面积 ${share(Math.min(place.mappedM2, place.drawnM2), place.drawnM2)}）`,
                `${hectares(place.mappedM2)} ha (pixels by their centres; ${share(Math.min(place.mappedM2, place.drawnM2), place.drawnM2)} of the area drawn)`,
              ),
            },
          ],
        },
        { key: say('像元', 'Pixels'), value: [{ text: String(place.areas.reduce((n, a) => n + a.pixels, 0)) }] },
      ],
    },
    serviceTable(pen, place),
    areaTable(pen, place),
    ...place.views.map((view): Block => {
      const { svg, width, height, title } = drawView(view, words(pen, place))
      return { kind: 'map', svg, width, height, alt: title, caption: `${place.id} ${title}`, note: viewNote(pen) }
    }),
    ...(place.lacking.length > 0 ? [lackingTable(pen, place)] : []),
  ]
}

const viewNote = ({ say }: Pen): string =>
  say(
    '界线内是地块，界线外变淡的是周边；百分比只计地块之内。',
    'Inside the line is the place; its surroundings are drawn pale. Shares count the place only.',
  )

const words = ({ account, lang, className }: Pen, place: Place): MapWords => ({
  lang,
  className,
  regionName: () => place.id,
  year: account.head.year,
  sample: account.head.sample,
  dim: true,
  ...(account.head.mapNumber === undefined ? {} : { mapNumber: account.head.mapNumber }),
})

/** The figure in the unit the service is told in. */
const amount = (f: Figure): string => shownText(f.quantity.value, 2)

/** Of the total over hectares, in the figure's own unit. */
export const perHectare = (f: Figure, m2: number): ReturnType<typeof dec> =>
  f.quantity.value.div(dec(String(m2)).div(10_000))

function serviceTable(pen: Pen, place: Place): TableBlock {
  const { say, lang, places } = pen
  const priced = place.services.some((s) => s.value)
  const col = (title: string, align: Column['align'], width: number): Column => ({ title, align, width })
  const service = (s: PlaceService): string => {
    const name = getService(s.service).title[lang]
    return s.title[lang].startsWith(name) ? s.title[lang] : `${name}·${s.title[lang]}`
  }
  return {
    kind: 'table',
    caption: say(`地块 ${place.id} 的生态服务实物量`, `Physical services of place ${place.id}`),
    columns: [
      col(say('服务', 'Service'), 'left', 2.4),
      col(say('单位', 'Unit'), 'left', 0.9),
      col(say('数量', 'Quantity'), 'right', 2.4),
      col(say('每公顷', 'Per hectare'), 'right', 1.4),
      col(say('全区每公顷', 'Whole region, per hectare'), 'right', 2.2),
      col(say('之比', 'Ratio'), 'right', 1),
      col(say('像元（缺）', 'Pixels (lacking)'), 'right', 1.4),
      ...(priced ? [col(say('参考价值（万元）', 'Reference value (10,000 yuan)'), 'right', 2)] : []),
    ],
    rows: place.services.map((s): Row => {
      const own = perHectare(s.quantity, place.mappedM2)
      const whole = s.whole && perHectare(s.whole, places.wholeM2)
      const cells: Cell[] = [
        { text: service(s) },
        { text: unitLabel(s.quantity.quantity.unit.text, lang) },
        { text: amount(s.quantity), code: s.quantity.code },
        { text: shownText(own, 2), derived: true },
        whole ? { text: shownText(whole, 2), derived: true } : { text: '—' },
        whole && !whole.isZero()
          ? { text: `${fixedText(own.div(whole).times(100), 0)}%`, derived: true }
          : { text: '—' },
        { text: s.pixels === undefined ? '—' : `${s.pixels}${say('（', ' (')}${s.missing}${say('）', ')')}` },
      ]
      const value: Cell = s.value
        ? { text: shownText(convert(s.value.quantity, unit('元')).value.div(10_000), 2), code: s.value.code }
        : { text: say('未计价', 'not priced'), status: 'unpriced' }
      return { cells: priced ? [...cells, value] : cells }
    }),
    note: say(
      '每公顷按有图面积折算；“全区”是核算清单的整个范围。“缺”是这项服务适用类型中没有数的像元，不当作 0；“—”由另一项数量折算，不再逐像元。',
      'Per hectare of the area on the maps; the whole region is all that the list covers. Lacking: pixels of the types a service is counted on that have no number; they are not zero; — follows from another quantity.',
    ),
    codes: 'below',
    rowHeads: 1,
  }
}

function areaTable(pen: Pen, place: Place): TableBlock {
  const { say } = pen
  const areas = [...place.areas].sort((a, b) => b.m2 - a.m2 || (a.class < b.class ? -1 : 1))
  return {
    kind: 'table',
    caption: say(`地块 ${place.id} 的生态系统类型`, `Ecosystem types of place ${place.id}`),
    columns: [
      { title: say('类型', 'Type'), align: 'left', width: 3 },
      { title: say('面积', 'Area'), unit: 'hm²', align: 'right', width: 2 },
      { title: say('占有图面积', 'Share'), align: 'right', width: 1.4 },
      { title: say('像元', 'Pixels'), align: 'right', width: 1.2 },
    ],
    rows: [
      ...areas.map((a): Row => ({
        cells: [
          { text: pen.className(a.class) },
          { text: hectares(a.m2), ...(a.figure ? { code: a.figure.code } : {}) },
          { text: share(a.m2, place.mappedM2), derived: true },
          { text: String(a.pixels) },
        ],
      })),
      {
        kind: 'total',
        cells: [
          { text: say('合计', 'Total') },
          { text: hectares(place.mappedM2), ...(place.area ? { code: place.area.code } : { derived: true as const }) },
          { text: '100.0%', derived: true },
          { text: String(areas.reduce((n, a) => n + a.pixels, 0)), derived: true },
        ],
      },
    ],
    codes: 'beside',
    rowHeads: 1,
  }
}

function lackingTable(pen: Pen, place: Place): TableBlock {
  const { say, lang } = pen
  return {
    kind: 'table',
    caption: say(`地块 ${place.id} 缺少的数量`, `What is lacking for place ${place.id}`),
    columns: [
      { title: say('服务', 'Service'), align: 'left', width: 2 },
      { title: say('类型', 'Type'), align: 'left', width: 1.5 },
      { title: say('缺什么', 'What is lacking'), align: 'left', width: 4 },
    ],
    rows: place.lacking.map((l) => ({
      cells: [
        { text: getService(l.service).title[lang] },
        { text: pen.className(l.class) },
        { text: l.reason?.[lang] ?? '—', status: 'missing' },
      ],
    })),
  }
}

function notes(pen: Pen, priced: boolean): readonly Block[] {
  const { say, lang, places } = pen
  return [
    { kind: 'heading', level: 1, text: say('说明', 'Notes') },
    {
      kind: 'callout',
      tone: 'warn',
      title: say('这不是价值', 'This is no value'),
      lines: [[{ text: PHYSICAL_ONLY[lang] }], ...(priced ? [[{ text: REFERENCE[lang] }]] : [])],
    },
    ...(places.problems.length > 0
      ? [{ kind: 'list', items: places.problems.map((p) => [{ text: p[lang] }]) } as const]
      : []),
  ]
}
