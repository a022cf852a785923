// InputList ↔ workbook: the twin of account.yaml for people who live in spreadsheets. One row of 输入清单 is one binding;
// 基本信息 holds the head, further sheets the prices, overrides, methods and explanations.
// Always holds: writing and reading again gives the same list. In a cell `列:面积` names a column, other text is the value itself.

import {
  columnLetter,
  readWorkbook,
  writeWorkbook,
  type CellSpec,
  type Sheet,
  type SheetSpec,
} from '../../../core/exchange-formats/index.ts'
import type { Place, Problem } from '../../../kernel/index.ts'
import { HOW } from '../../../raster/index.ts'
import { STATUS_TEXT } from '../model.ts'
import type { InputList } from '../input-list.ts'
import { checkList } from './check-list.ts'
import { at, parseList } from './list-schema.ts'
import { problem } from './problems.ts'
import type { ReadList } from './read-list.ts'

type Path = readonly (string | number)[]
type Plain = Record<string, unknown>
type Row = Readonly<Record<string, string>>

/** A column of one of the sheets: heading, path inside the entry, how the value is written. */
interface Field {
  readonly heading: string
  readonly path: readonly string[]
  readonly as:
    | 'text'
    | 'count'
    | 'reference'
    | 'row'
    | 'mark'
    | 'fallback'
    | 'yes-no'
    | 'status'
    | 'year'
    | 'days'
    | 'codes'
    | 'resampling'
  /** For references: the member that holds the value where it is no column; left out: the value stands bare. */
  readonly constant?: string
  readonly width?: number
}

const f = (heading: string, path: string, as: Field['as'] = 'text', more: Partial<Field> = {}): Field => ({
  heading,
  path: path.split('.'),
  as,
  ...more,
})

const HEAD: readonly Field[] = [
  f('格式', 'qingshan'),
  f('标题（中文）', 'title.zh'),
  f('标题（英文）', 'title.en'),
  f('核算年', 'year', 'count'),
  f('价格年', 'priceYear', 'count'),
  f('指标集', 'set'),
  f('状态', 'status', 'status'),
  f('地区代码', 'region.code'),
  f('地区名称（中文）', 'region.name.zh'),
  f('地区名称（英文）', 'region.name.en'),
  f('确认人', 'accepted.by'),
  f('确认日期', 'accepted.on'),
  f('编制单位', 'prepared.organisation'),
  f('填报人', 'prepared.filledBy'),
  f('核算人', 'prepared.computedBy'),
  f('审核人', 'prepared.reviewedBy'),
  f('示范数据', 'sample', 'yes-no'),
  f('上年成果包', 'previous'),
  f('地区表文件', 'regions.file'),
  f('地区表工作表', 'regions.sheet'),
  f('地区表标题行', 'regions.header', 'count'),
  f('地区表代码列', 'regions.code'),
  f('地区表名称列', 'regions.name'),
  f('地区表上级列', 'regions.parent'),
  f('界线文件', 'boundaries.file'),
  f('界线图层', 'boundaries.layer'),
  f('界线代码属性', 'boundaries.code'),
  f('审图号', 'boundaries.mapNumber'),
  f('界线坐标系', 'boundaries.datum'),
]

const BINDINGS: readonly Field[] = [
  f('指标', 'argument', 'text', { width: 26 }),
  f('文件', 'file', 'text', { width: 26 }),
  f('工作表', 'sheet'),
  f('标题行', 'header', 'count', { width: 8 }),
  f('列', 'column'),
  f('行条件', 'where', 'row'),
  f('地区', 'region', 'reference', { constant: 'code' }),
  f('类型', 'class', 'reference', { constant: 'code' }),
  f('类型对照', 'class.crosswalk'),
  f('像元代码', 'class.codes', 'codes', { width: 30 }),
  f('代码列', 'code.column'),
  f('代码图', 'code.map'),
  f('代码图波段', 'code.band', 'count', { width: 8 }),
  f('项目', 'item', 'reference', { constant: 'name' }),
  f('单位', 'unit'),
  f('逐日', 'days', 'days', { width: 30 }),
  f('重采样', 'resampling', 'resampling'),
  f('年份', 'year', 'year'),
  f('标记', 'mark', 'mark'),
  f('来源', 'source', 'reference'),
  f('替代方式', 'fallback.kind', 'fallback'),
  f('替代年份', 'fallback.year', 'count'),
  f('替代理由', 'fallback.reason'),
  f('依据', 'ground.zh', 'text', { width: 40 }),
  f('疑问', 'question.zh', 'text', { width: 40 }),
  f('依据（英文）', 'ground.en', 'text', { width: 40 }),
  f('疑问（英文）', 'question.en', 'text', { width: 40 }),
]

const LISTS = [
  { sheet: '输入清单', key: 'arguments', fields: BINDINGS },
  {
    sheet: '价格',
    key: 'prices',
    fields: [f('价格', 'price'), f('项目', 'item'), f('类型', 'class'), f('价格册', 'book'), f('条目', 'key')],
  },
  {
    sheet: '参数覆盖',
    key: 'overrides',
    fields: [
      f('参数', 'parameter'),
      f('键', 'key'),
      f('地区', 'region'),
      f('数值', 'value'),
      f('单位', 'unit'),
      f('理由', 'reason'),
      f('批准人', 'approver'),
      f('来源', 'source'),
      f('标记', 'mark', 'mark'),
      f('行为', 'act.id'),
      f('日志序号', 'act.leaf', 'count'),
      f('凭证', 'act.proof'),
    ],
  },
  { sheet: '认可', key: 'accepts', fields: [f('对象', 'what'), f('理由', 'reason'), f('认可人', 'by')] },
  {
    sheet: '说明',
    key: 'explained',
    fields: [f('问题', 'finding'), f('对象', 'about'), f('理由', 'reason'), f('说明人', 'by')],
  },
  {
    sheet: '已公布',
    key: 'published',
    fields: [f('名目', 'what'), f('数值', 'value'), f('单位', 'unit'), f('来源', 'source')],
  },
] as const satisfies readonly { sheet: string; key: keyof InputList; fields: readonly Field[] }[]

const MAPS: Readonly<Record<string, 'methods' | 'choices' | 'notApplicable'>> = {
  方法: 'methods',
  选择: 'choices',
  不适用: 'notApplicable',
}
const MAP_SHEET = '方法与选择'
const MAP_FIELDS = [f('类别', 'kind'), f('键', 'key'), f('值', 'value')]

const WORDS: Readonly<
  Record<'mark' | 'fallback' | 'yes-no' | 'status' | 'resampling', Readonly<Record<string, string>>>
> = {
  mark: { confirmed: '已确认', 'back-solved': '反算', unconfirmed: '未确认', reported: '上报' },
  fallback: {
    'neighbour-year': '邻近年份',
    'neighbour-region': '邻近地区',
    'provincial-mean': '全省平均',
    literature: '文献',
  },
  'yes-no': { true: '是', false: '否' },
  status: Object.fromEntries(Object.entries(STATUS_TEXT).map(([k, t]) => [k, t.zh])),
  resampling: { nearest: HOW.nearest.zh, bilinear: HOW.bilinear.zh },
}

// Texts that would read as something else are written with a leading `=`.
const COLUMN = /^列[:：]\s*/
const bare = (s: string): string => (COLUMN.test(s) || s.startsWith('=') ? `=${s}` : s)
const unbare = (s: string): string => (s.startsWith('=') ? s.slice(1) : s)

function encode(field: Field, entry: Plain): string {
  const v = at(entry, field.path)
  if (v === undefined) return ''
  const column = typeof v === 'object' && v !== null && 'column' in v ? String((v as Plain)['column']) : undefined
  switch (field.as) {
    case 'text':
    case 'count':
      return String(v)
    case 'days':
      return daysText(v as Plain)
    case 'codes':
      return Object.entries(v as Plain)
        .map(([code, cls]) => `${code}=${escaped(String(cls))}`)
        .join('; ')
    case 'row':
      return `${column!.replace(/[\\=]/g, '\\$&')}=${String((v as Plain)['is'])}`
    case 'yes-no':
    case 'status':
    case 'fallback':
    case 'resampling':
      return WORDS[field.as][String(v)]!
    case 'mark':
      return column === undefined ? WORDS.mark[String(v)]! : `列:${column}`
    case 'year':
      return column === undefined ? String(v) : `列:${column}`
    case 'reference': {
      if (column !== undefined) return `列:${column}`
      return bare(String(field.constant === undefined ? v : (v as Plain)[field.constant]))
    }
  }
}

/** The value a cell stands for; a word that is none stays as typed, so that the schema can complain about it. */
function decode(field: Field, cell: string): unknown {
  const column = COLUMN.test(cell) ? { column: cell.replace(COLUMN, '') } : undefined
  const whole = /^\d+$/.test(cell) ? Number(cell) : cell
  switch (field.as) {
    case 'text':
      return cell
    case 'count':
      return whole
    case 'row': {
      const m = /^((?:\\[^]|[^\\=])*)=([^]*)$/.exec(cell)
      return m ? { column: m[1]!.replace(/\\([^])/g, '$1'), is: m[2]! } : cell
    }
    case 'days':
      return daysOf(cell)
    case 'codes':
      return Object.fromEntries(namedParts(cell))
    case 'yes-no': {
      const word = fromWord('yes-no', cell)
      return word === 'true' ? true : word === 'false' ? false : cell
    }
    case 'status':
    case 'fallback':
    case 'resampling':
      return fromWord(field.as, cell)
    case 'mark':
      return column ?? fromWord('mark', cell)
    case 'year':
      return column ?? whole
    case 'reference':
      return column ?? (field.constant === undefined ? unbare(cell) : { [field.constant]: unbare(cell) })
  }
}

/** `日期=date; 取=和; 按=月; 不小于=12; 缺日=3`: each part named, in a fixed order; ; = and \ in a name stand behind a \. */
const DAYS: readonly (readonly [word: string, key: string, values?: Readonly<Record<string, string>>])[] = [
  ['日期', 'date'],
  ['取', 'take', { sum: '和', mean: '平均', max: '最大', count: '天数', each: '各日', years: '年数' }],
  ['按', 'per', { year: '年', month: '月' }],
  ['不小于', 'atLeast'],
  ['大于', 'above'],
  ['缺日', 'missing'],
  ['年份', 'years', { all: '全部', account: '核算年' }],
]

const daysText = (days: Plain): string =>
  DAYS.filter(([, key]) => days[key] !== undefined)
    .map(([word, key, values]) => `${word}=${values?.[String(days[key])] ?? escaped(String(days[key]))}`)
    .join('; ')

const escaped = (s: string): string => s.replace(/[\\=;；]/g, '\\$&')

function daysOf(cell: string): unknown {
  return Object.fromEntries(
    namedParts(cell).map(([word, typed]) => {
      const known = DAYS.find(([w]) => w === word)
      const value = Object.entries(known?.[2] ?? {}).find(([, v]) => v === typed)?.[0] ?? typed
      return [known?.[1] ?? word, known?.[1] === 'missing' && /^\d+$/.test(value) ? Number(value) : value]
    }),
  )
}

/** `名=值; 名=值` */
const namedParts = (cell: string): readonly (readonly [name: string, value: string])[] =>
  (cell.match(/(?:\\[^]|[^\\;；])+/g) ?? []).map((part) => {
    const m = /^\s*((?:\\[^]|[^\\=])*)=([^]*)$/.exec(part)
    return m ? [m[1]!.trim(), m[2]!.trim().replace(/\\([^])/g, '$1')] : [part.trim(), '']
  })

const fromWord = (table: keyof typeof WORDS, cell: string): string =>
  Object.entries(WORDS[table]).find(([, word]) => word === cell)?.[0] ?? cell

/** The workbook's bytes; the same list always gives the same. */
export function listSheet(list: InputList): Promise<Uint8Array> {
  const sheets: SheetSpec[] = []
  const add = (name: string, fields: readonly Field[], rows: readonly Row[]): void => {
    sheets.push({
      name,
      rows: [
        fields.map((x) => ({ value: x.heading, style: 'heading' })),
        ...rows.map((row) =>
          fields.map((x): CellSpec | undefined =>
            row[x.heading] ? { value: row[x.heading]!, style: 'text', format: '@' } : undefined,
          ),
        ),
      ],
      widths: fields.map((x) => x.width ?? 16),
      frozenRows: 1,
    })
  }
  const head = HEAD.map((x) => ({ 项: x.heading, 内容: encode(x, list as unknown as Plain) }))
  add(
    '基本信息',
    [f('项', 'item', 'text', { width: 22 }), f('内容', 'value', 'text', { width: 60 })],
    head.filter((r) => r.内容 !== ''),
  )
  for (const { sheet, key, fields } of LISTS) {
    const entries = (list[key] ?? []) as unknown as readonly Plain[]
    if (entries.length > 0 || key === 'arguments')
      add(
        sheet,
        fields,
        entries.map((e) => Object.fromEntries(fields.map((x) => [x.heading, encode(x, e)]))),
      )
  }
  const maps = Object.entries(MAPS).flatMap(([kind, key]) =>
    Object.entries(list[key] ?? {}).flatMap(([k, v]) =>
      (Array.isArray(v) ? v : [v]).map((one: string) => ({ 类别: kind, 键: k, 值: one })),
    ),
  )
  if (maps.length > 0) add(MAP_SHEET, MAP_FIELDS, maps)
  return writeWorkbook({ title: '输入清单', sheets })
}

interface SheetEntry {
  readonly values: ReadonlyMap<string, string>
  readonly row: number
}

/** Reads the twin workbook; problems name sheet and cell. */
export function readListSheet(bytes: Uint8Array, file: string): ReadList {
  const book = readWorkbook(bytes, file)
  const problems: Problem[] = book.problems.filter((p) => p.severity === 'red')
  const places = new Map<string, Place>()
  const data: Plain = {}
  const put = (path: Path, value: unknown, place: Place): void => {
    let here = data
    path.forEach((step, k) => {
      places.set(path.slice(0, k + 1).join('/'), places.get(path.slice(0, k + 1).join('/')) ?? place)
      if (k === path.length - 1) here[step] = value
      else here = (here[step] ??= typeof path[k + 1] === 'number' ? [] : {}) as Plain
    })
    places.set(path.join('/'), place)
  }
  const find = (name: string): Sheet | undefined => book.sheets.find((s) => s.name === name)
  for (const name of ['基本信息', '输入清单'])
    if (problems.length === 0 && !find(name)) problems.push(problem('list.sheet-missing', { sheet: name }, { file }))

  const read = (
    name: string,
    fields: readonly Field[],
    each: (e: SheetEntry, place: (heading: string) => Place) => void,
  ): void => {
    const sheet = find(name)
    if (!sheet) return
    const columns = new Map<string, number>()
    for (let c = 1; c <= sheet.columns; c++) {
      const heading = sheet.cell(1, c)?.text.trim() ?? ''
      if (heading === '') continue
      if (fields.some((x) => x.heading === heading)) columns.set(heading, c)
      else {
        const known = fields.map((x) => x.heading).join('、')
        problems.push(
          problem(
            'list.unknown-key',
            { key: heading, zh: known, en: known },
            { file, sheet: name, cell: `${columnLetter(c)}1` },
          ),
        )
      }
    }
    for (let r = 2; r <= sheet.rows; r++) {
      const values = new Map<string, string>()
      for (const [heading, c] of columns) {
        const shown = sheet.cell(r, c)?.text.trim() ?? ''
        if (shown !== '') values.set(heading, shown)
      }
      if (values.size > 0)
        each({ values, row: r }, (heading) => ({
          file,
          sheet: name,
          cell: `${columnLetter(columns.get(heading) ?? 1)}${r}`,
        }))
    }
  }

  read('基本信息', [f('项', 'item'), f('内容', 'value')], ({ values }, place) => {
    const name = values.get('项') ?? ''
    const field = HEAD.find((x) => x.heading === name)
    const value = values.get('内容')
    if (field && value !== undefined) put(field.path, decode(field, value), place('内容'))
    else if (!field) {
      const known = HEAD.map((x) => x.heading).join('、')
      problems.push(problem('list.unknown-key', { key: name, zh: known, en: known }, place('项')))
    }
  })
  data['arguments'] = []
  for (const { sheet, key, fields } of LISTS) {
    let index = 0
    read(sheet, fields, ({ values }, place) => {
      const base: Path = [key, index++]
      for (const field of fields) {
        const cell = values.get(field.heading)
        if (cell !== undefined) put([...base, ...field.path], decode(field, cell), place(field.heading))
      }
    })
  }
  read(MAP_SHEET, MAP_FIELDS, ({ values }, place) => {
    const map = MAPS[values.get('类别') ?? '']
    const [key, value] = [values.get('键') ?? '', values.get('值') ?? '']
    if (map === undefined) {
      const known = Object.keys(MAPS).join('、')
      problems.push(problem('list.unknown-key', { key: values.get('类别') ?? '', zh: known, en: known }, place('类别')))
    } else if (map === 'methods')
      put([map, key], [...((at(data, [map, key]) as string[] | undefined) ?? []), value], place('值'))
    else put([map, key], value, place('值'))
  })

  const locate = (path: Path): Place => {
    for (let n = path.length; n > 0; n--) {
      const hit = places.get(path.slice(0, n).join('/'))
      if (hit) return hit
    }
    return { file }
  }
  if (problems.length > 0) return { problems, locate }
  const { list, complaints } = parseList(data)
  if (!list)
    return {
      problems: complaints.map((c) =>
        problem(`list.${c.kind}`, { key: headingOf(c.path), zh: c.wanted.zh, en: c.wanted.en }, locate(c.path)),
      ),
      locate,
    }
  const found = checkList(list, locate)
  return found.some((p) => p.severity === 'red') ? { problems: found, locate } : { list, problems: found, locate }
}

/** What a spreadsheet user calls the entry at a path. */
function headingOf(path: Path): string {
  const steps = path.filter((p): p is string => typeof p === 'string')
  const table = LISTS.find((l) => l.key === steps[0])
  const inside = (fields: readonly Field[], rest: readonly string[]): string | undefined =>
    fields.find((x) => x.path.every((p, k) => rest[k] === p) || rest.every((p, k) => x.path[k] === p))?.heading
  return (table ? inside(table.fields, steps.slice(1)) : inside(HEAD, steps)) ?? steps.at(-1) ?? ''
}
