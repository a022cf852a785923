// What people call the tables of the office and their columns, on sheets of approval and pages of acts. Rows that follow from the
// package of an account, hundreds of them, are counted and not told one by one.

import { text, type Text } from '../../../kernel/index.ts'
import type { TableWords } from '../../../core/record/index.ts'
import { MARK_TEXT } from '../../../core/rules/index.ts'
import { STATUS_TEXT } from '../model.ts'
import type {
  answerTable,
  commentTable,
  gepAccountTable,
  gepFigureTable,
  overrideTable,
  publicationTable,
  weakFigureTable,
} from './schema.ts'

type Columns<T extends { readonly columns: object }> = Exclude<keyof T['columns'] & string, 'id' | 'act'>
/** Every column has words: one that is added without them does not compile. */
type Words<T extends { readonly columns: object }> = TableWords & {
  readonly columns: Readonly<Record<Columns<T>, Text>>
}

export const OVERRIDE_STATUS = {
  'in-force': text('有效', 'in force'),
  replaced: text('已被替换', 'replaced'),
  withdrawn: text('已撤销', 'withdrawn'),
} as const
export const COMMENT_STATUS = {
  open: text('未答复', 'open'),
  answered: text('已答复', 'answered'),
  resolved: text('已办结', 'resolved'),
} as const
export const PUBLICATION_STATUS = {
  published: text('已公布', 'published'),
  withdrawn: text('已撤回', 'withdrawn'),
} as const

const flag = { true: text('是', 'yes'), false: text('否', 'no') }
const place = text('地区', 'region')
const year = text('核算年份', 'accounting year')
const account = text('核算', 'account')
const titles = { title_zh: text('名称', 'title in Chinese'), title_en: text('英文名称', 'title') }
const status = text('状态', 'status')

const overrideWords: Words<typeof overrideTable> = {
  table: 'parameter_override',
  title: text('参数改动', 'change of a parameter'),
  columns: {
    number: text('改动号', 'number'),
    place,
    parameter: text('参数', 'parameter'),
    key: text('条目', 'entry'),
    value: text('数值', 'value'),
    unit: text('单位', 'unit'),
    year_from: text('起年', 'first year'),
    year_to: text('止年', 'last year'),
    mark: text('证据等级', 'evidence mark'),
    reason: text('理由', 'reason'),
    source: text('出处', 'source'),
    document: text('依据文件', 'document'),
    effect_zh: text('影响', 'effect in Chinese'),
    effect_en: text('影响（英文）', 'effect'),
    status,
    version: text('版本', 'version'),
    decided_on: text('决定日期', 'decided on'),
  },
  values: { mark: MARK_TEXT, status: OVERRIDE_STATUS },
}

const accountWords: Words<typeof gepAccountTable> = {
  table: 'gep_account',
  title: text('生态产品总值核算', 'GEP account'),
  columns: {
    number: text('核算号', 'number'),
    ...titles,
    place,
    year,
    version: text('版本', 'version'),
    status,
    price_year: text('不变价年份', 'year of constant prices'),
    indicator_set: text('指标集', 'indicator set'),
    sample: text('示范数据', 'sample data'),
    engine: text('引擎', 'engine'),
    package: text('核算包校验值', 'hash of the package'),
    package_id: text('包编号', 'id of the package'),
    registered_by: text('登记人', 'registered by'),
    superseded_by: text('新版本', 'later version'),
  },
  values: { status: STATUS_TEXT, sample: flag },
}

const figureWords: TableWords<keyof typeof gepFigureTable.columns> = {
  table: 'gep_figure',
  title: text('核算的数', 'figures of the account'),
  columns: {},
  counted: true,
}

const weakWords: TableWords<keyof typeof weakFigureTable.columns> = {
  table: 'gep_weak_figure',
  title: text('证据弱的数', 'figures on weak evidence'),
  columns: {},
  counted: true,
}

const commentWords: Words<typeof commentTable> = {
  table: 'gep_comment',
  title: text('批注', 'comment'),
  columns: {
    ...titles,
    code: text('数的编码', 'code of the figure'),
    text: text('内容', 'text'),
    status,
    person: text('写的人', 'by'),
    role: text('角色', 'role'),
    place,
    year,
    account,
    key: text('数的键', 'key of the figure'),
    resolved_by: text('办结人', 'resolved by'),
  },
  values: { status: COMMENT_STATUS },
}

const answerWords: Words<typeof answerTable> = {
  table: 'gep_answer',
  title: text('批注的答复', 'answer to a comment'),
  columns: {
    text: text('内容', 'text'),
    person: text('答复人', 'by'),
    role: text('角色', 'role'),
    comment: text('批注', 'comment'),
  },
}

const publicationWords: Words<typeof publicationTable> = {
  table: 'gep_publication',
  title: text('公布', 'publication'),
  columns: {
    title_zh: text('标题', 'title in Chinese'),
    title_en: text('英文标题', 'title'),
    place,
    year,
    published_on: text('公布日期', 'published on'),
    with_map: text('带地图', 'with a map'),
    map_number: text('审图号', 'map review number'),
    status,
    note: text('说明', 'note'),
    reason: text('撤回理由', 'why it was withdrawn'),
    account,
  },
  values: { status: PUBLICATION_STATUS, with_map: flag },
}

export const officeWords: readonly TableWords[] = [
  overrideWords,
  accountWords,
  figureWords,
  weakWords,
  commentWords,
  answerWords,
  publicationWords,
]
