// Forms G5 to G8: the parameters, prices, files and base data an account rests on, each with source, mark and place.

import { dec, decText, text, type Text } from '../../../kernel/index.ts'
import { findArgument, CUSTODIANS } from '../arguments.ts'
import { BASIS_TEXT, type Account, type Fact } from '../model.ts'
import { form, MONEY, NUMBER, words, type Form, type FormCell, type FormContext, type FormRow } from './layout.ts'

export const MARKS: Readonly<Record<Fact['mark'], Text>> = {
  confirmed: text('已证实', 'confirmed'),
  'back-solved': text('反算', 'back-solved'),
  unconfirmed: text('未证实', 'unconfirmed'),
  reported: text('填报', 'reported'),
}

const markCell = (mark: Fact['mark'], ctx: FormContext): FormCell => ({
  value: MARKS[mark][ctx.lang],
  style: mark === 'unconfirmed' ? 'warning' : 'text',
})

const number = (value: string): FormCell => ({ value: dec(value), format: NUMBER })

export function formG5(ctx: FormContext): Form {
  return form(
    {
      id: 'G5',
      name: text('G5 参数', 'G5 Parameters'),
      title: text('G5 核算参数表', 'G5 Parameters used'),
      columns: [
        { title: text('参数', 'Parameter'), width: 28 },
        { title: text('编号', 'Id'), width: 26 },
        { title: text('键', 'Key'), width: 18 },
        { title: text('数值', 'Value'), width: 12 },
        { title: text('单位', 'Unit'), width: 12 },
        { title: text('来源', 'Source'), width: 14 },
        { title: text('证据', 'Mark'), width: 10 },
        { title: text('年份', 'Year'), width: 8, format: '0' },
        { title: text('层级', 'Layer'), width: 10 },
        { title: text('涉及价值（元，不变价）', 'Value resting on it (元, constant)'), width: 20 },
        {
          title: text(
            '替换：原值、理由、批准人、对 GEP 的影响（元）',
            'Override: old value, reason, approver, effect on GEP (元)',
          ),
          width: 36,
        },
        { title: text('文件与行', 'File and line'), width: 28 },
      ],
      rows: ctx.account.parameters.map((p): FormRow => [
        words(p.title[ctx.lang]),
        words(p.id),
        words(p.key),
        number(p.quantity.value),
        words(p.quantity.unit),
        words(p.source.join(', ')),
        markCell(p.mark, ctx),
        p.year === undefined ? undefined : { value: p.year },
        words(p.layer),
        { value: dec(p.touches), format: MONEY },
        words(
          p.override &&
            `${p.override.was ? `${p.override.was.value} ${p.override.was.unit}` : '—'}；${p.override.reason[ctx.lang]}；${p.override.approver}${p.override.act ? ` ${p.override.act.id}` : ''}；${p.override.effect}`,
        ),
        words(`${p.file}:${p.line}`),
      ]),
      source: text('规则库与输入清单', 'rule book and input list'),
    },
    ctx,
  )
}

export function formG6(ctx: FormContext): Form {
  return form(
    {
      id: 'G6',
      name: text('G6 价格', 'G6 Prices'),
      title: text('G6 价格表', 'G6 Prices used'),
      columns: [
        { title: text('价格', 'Price'), width: 28 },
        { title: text('口径', 'Basis of the statement'), width: 24 },
        { title: text('数值', 'Value'), width: 14 },
        { title: text('单位', 'Unit'), width: 12 },
        { title: text('价格基准', 'Price basis'), width: 12 },
        { title: text('价格年份', 'Price year'), width: 10, format: '0' },
        { title: text('来源', 'Source'), width: 18 },
        { title: text('证据', 'Mark'), width: 10 },
        { title: text('说明', 'Note'), width: 36 },
      ],
      rows: ctx.account.prices.map((p): FormRow => [
        words(p.title[ctx.lang]),
        words(BASIS_TEXT[p.basis][ctx.lang]),
        number(p.quantity.value),
        words(p.quantity.unit),
        words(p.priceBasis),
        { value: p.year },
        words(p.source.join(', ')),
        markCell(p.mark, ctx),
        words(p.note?.[ctx.lang]),
      ]),
      source: text('价格库与填报资料', 'price book and data filled in'),
    },
    ctx,
  )
}

export function formG7(ctx: FormContext): Form {
  return form(
    {
      id: 'G7',
      name: text('G7 资料来源', 'G7 Sources'),
      title: text('G7 资料来源登记表', 'G7 Register of data sources'),
      columns: [
        { title: text('文件', 'File'), width: 36 },
        { title: text('提供部门', 'Custodian'), width: 16 },
        { title: text('时期', 'Period'), width: 12 },
        { title: text('许可', 'Licence'), width: 16 },
        { title: text('字节', 'Bytes'), width: 12, format: '#,##0' },
        { title: text('SHA-256', 'SHA-256'), width: 40 },
      ],
      rows: ctx.account.sources.map((s): FormRow => [
        words(s.file),
        words(s.custodian),
        words(s.period),
        words(s.licence),
        { value: s.bytes },
        { value: s.sha256, style: 'code' },
      ]),
      source: text('输入文件夹', 'the input folder'),
    },
    ctx,
  )
}

/** Facts of the account's base data, by custodian, in the order of the catalogue. */
export function formG8(ctx: FormContext): Form {
  const rows = byCustodian(ctx.account).map((f): FormRow => {
    const a = findArgument(f.argument)
    const { file, sheet, cell, line } = f.origin
    return [
      words(a ? CUSTODIANS[a.custodian][ctx.lang] : undefined),
      words(a?.title[ctx.lang] ?? f.argument),
      words(ctx.regionName(f.region)[ctx.lang]),
      words(f.class === undefined ? undefined : ctx.classTitle(f.class)[ctx.lang]),
      words(f.item === undefined ? undefined : (a?.items?.[f.item]?.[ctx.lang] ?? f.item)),
      { value: f.year, format: '0' },
      number(decText(f.quantity.value)),
      words(f.quantity.unit.text),
      markCell(f.mark, ctx),
      f.fallback ? { value: `${f.fallback.year}：${f.fallback.reason}`, style: 'warning' } : words(f.source),
      words(
        [file, sheet, cell ?? (line === undefined ? undefined : String(line))]
          .filter((s) => s !== undefined)
          .join(' › '),
      ),
    ]
  })
  return form(
    {
      id: 'G8',
      name: text('G8 基础数据', 'G8 Base data'),
      title: text('G8 部门基础数据表', 'G8 Base data by department'),
      columns: [
        { title: text('部门', 'Department'), width: 14 },
        { title: text('指标', 'Argument'), width: 22 },
        { title: text('地区', 'Region'), width: 14 },
        { title: text('类型', 'Type'), width: 14 },
        { title: text('项', 'Item'), width: 14 },
        { title: text('年份', 'Year'), width: 8 },
        { title: text('数值', 'Value'), width: 16 },
        { title: text('单位', 'Unit'), width: 12 },
        { title: text('证据', 'Mark'), width: 10 },
        { title: text('来源；替代值及年份', 'Source; fall-back and its year'), width: 26 },
        { title: text('文件、表、单元格', 'File, sheet, cell'), width: 32 },
      ],
      rows,
      source: text('各部门填报', 'filled in by departments'),
    },
    ctx,
  )
}

function byCustodian(account: Account): readonly Fact[] {
  const order = new Map(Object.keys(CUSTODIANS).map((c, i) => [c, i]))
  const rank = (f: Fact): number => order.get(findArgument(f.argument)?.custodian ?? '') ?? order.size
  return [...account.facts].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}
