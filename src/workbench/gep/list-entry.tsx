// One entry of an input list: which number it gives, in which file, sheet and column it stands, in which unit, and of which region,
// type and item it is. What cannot be changed here (rows picked out, days, codes of maps) goes along as it is.

import { Button } from 'antd'
import { useEffect, useId, useRef, useState, type ReactNode, type SyntheticEvent } from 'react'
import type { Text } from '../../kernel/index.ts'
import type { ListChoices, ListEntry } from '../../server/told/index.ts'
import { useLanguage } from '../language.tsx'

type Dimension = 'region' | 'class' | 'item'

/** Everything as typed; `dims` says whether there is none, a column, or one for all rows. */
interface Typed {
  readonly argument: string
  readonly sheet: string
  readonly column: string
  readonly unit: string
  readonly year: string
  readonly dims: Readonly<Record<Dimension, { readonly how: '' | 'column' | 'one'; readonly value: string }>>
}

const JOIN = ' › '
const placeOf = (e: { readonly file?: string; readonly sheet?: string }): string =>
  [e.file, e.sheet].filter((x) => x !== undefined).join(JOIN)

const typedDim = (of: ListEntry['region'] | ListEntry['item']): Typed['dims'][Dimension] =>
  of === undefined
    ? { how: '', value: '' }
    : 'column' in of
      ? { how: 'column', value: of.column }
      : { how: 'one', value: 'code' in of ? of.code : of.name }

const typedOf = (e: Partial<ListEntry>): Typed => ({
  argument: e.argument ?? '',
  sheet: placeOf(e),
  column: e.column ?? '',
  unit: e.unit ?? '',
  year: typeof e.year === 'number' ? String(e.year) : '',
  dims: { region: typedDim(e.region), class: typedDim(e.class), item: typedDim(e.item) },
})

/** The entry as typed, with what of the earlier one is not changed here. */
function entryOf(typed: Typed, before: Partial<ListEntry>, sheets: ListChoices['sheets']): ListEntry {
  const { ground: _, question: __, region, class: cls, item, year, sheet: ___, ...rest } = before
  const at = sheets.find((s) => placeOf(s) === typed.sheet) ?? before
  const { dims } = typed
  const changed = (name: Dimension, was: object | undefined, one: 'code' | 'name'): object => {
    const { how, value } = dims[name]
    if (how === '') return {}
    const now = how === 'column' ? { column: value } : { [one]: value }
    // A column of a map brings its codes along as long as it stays the column.
    const same = was !== undefined && 'column' in was && how === 'column' && was.column === value
    return { [name]: same ? was : now }
  }
  return {
    ...rest,
    argument: typed.argument,
    file: at.file ?? '',
    ...(at.sheet === undefined ? {} : { sheet: at.sheet }),
    column: typed.column,
    unit: typed.unit,
    ...changed('region', region, 'code'),
    ...changed('class', cls, 'code'),
    ...changed('item', item, 'name'),
    ...(typed.year !== '' ? { year: Number(typed.year) } : typeof year === 'object' ? { year } : {}),
  }
}

const DIMS: readonly { readonly id: Dimension; readonly title: Text; readonly one: Text }[] = [
  { id: 'region', title: { zh: '地区', en: 'Region' }, one: { zh: '一个地区代码', en: 'one code' } },
  { id: 'class', title: { zh: '生态系统类型', en: 'Ecosystem type' }, one: { zh: '一个类型', en: 'one type' } },
  { id: 'item', title: { zh: '项目', en: 'Item' }, one: { zh: '一个项目', en: 'one item' } },
]

export function EntryForm({
  begun,
  choices,
  saving,
  save,
  cancel,
}: {
  readonly begun: Partial<ListEntry>
  readonly choices: ListChoices
  readonly saving: boolean
  readonly save: (entry: ListEntry) => void
  readonly cancel: () => void
}) {
  const { t } = useLanguage()
  const id = useId()
  const [typed, setTyped] = useState(() => typedOf(begun))
  const first = useRef<HTMLSelectElement>(null)
  // Whoever opened it by keyboard goes on typing in it.
  useEffect(() => first.current?.focus(), [])
  const set = (more: Partial<Typed>): void => setTyped({ ...typed, ...more })
  const columns = choices.sheets.find((s) => placeOf(s) === typed.sheet)?.columns ?? []
  const submit = (e: SyntheticEvent): void => {
    e.preventDefault()
    save(entryOf(typed, begun, choices.sheets))
  }
  const places = [...new Set([...choices.sheets.map(placeOf), typed.sheet])].filter((p) => p !== '')
  return (
    <form className="fields entry-form" onSubmit={submit} onKeyDown={(e) => e.key === 'Escape' && cancel()}>
      <Field id={`${id}-a`} title={{ zh: '指标', en: 'Argument' }}>
        <select
          ref={first}
          id={`${id}-a`}
          className="native"
          required
          value={typed.argument}
          onChange={(e) => {
            const argument = e.target.value
            const known = choices.arguments.find((a) => a.id === argument)
            set({ argument, ...(typed.unit === '' && known ? { unit: known.unit } : {}) })
          }}
        >
          <option value="">—</option>
          {choices.arguments.map((a) => (
            <option key={a.id} value={a.id}>
              {t(a.title)}（{a.id}，{a.unit}）
            </option>
          ))}
        </select>
      </Field>
      <Field id={`${id}-s`} title={{ zh: '文件和工作表', en: 'File and sheet' }}>
        <select
          id={`${id}-s`}
          className="native"
          required
          value={typed.sheet}
          onChange={(e) => set({ sheet: e.target.value })}
        >
          <option value="">—</option>
          {places.map((p) => (
            <option key={p}>{p}</option>
          ))}
        </select>
      </Field>
      <Field
        id={`${id}-c`}
        title={{ zh: '列（表头或字母；地图写 band 1）', en: 'Column (heading or letter; band 1 of a map)' }}
      >
        <input
          id={`${id}-c`}
          className="native"
          required
          list={`${id}-columns`}
          value={typed.column}
          onChange={(e) => set({ column: e.target.value })}
        />
        <datalist id={`${id}-columns`}>
          {columns.map((c) => (
            <option key={c} value={c} />
          ))}
        </datalist>
      </Field>
      <Field id={`${id}-u`} title={{ zh: '单位', en: 'Unit' }}>
        <input
          id={`${id}-u`}
          className="native"
          required
          value={typed.unit}
          onChange={(e) => set({ unit: e.target.value })}
        />
      </Field>
      {DIMS.map(({ id: dim, title, one }) => {
        const { how, value } = typed.dims[dim]
        const to = (more: Partial<Typed['dims'][Dimension]>): void =>
          set({ dims: { ...typed.dims, [dim]: { how, value, ...more } } })
        return (
          <Field key={dim} id={`${id}-${dim}`} title={title}>
            <select
              id={`${id}-${dim}`}
              className="native"
              value={how}
              onChange={(e) => to({ how: e.target.value as typeof how, value: '' })}
            >
              <option value="">{t({ zh: '不写', en: 'none' })}</option>
              <option value="column">{t({ zh: '取自一列', en: 'from a column' })}</option>
              <option value="one">{t(one)}</option>
            </select>
            {how !== '' && (
              <input
                className="native"
                required
                aria-label={`${t(title)} ${how === 'column' ? t({ zh: '列', en: 'column' }) : t(one)}`}
                list={how === 'column' ? `${id}-columns` : dim === 'class' ? `${id}-classes` : undefined}
                value={value}
                onChange={(e) => to({ value: e.target.value })}
              />
            )}
          </Field>
        )
      })}
      <datalist id={`${id}-classes`}>
        {choices.classes.map((c) => (
          <option key={c.code} value={c.code}>
            {t(c.title)}
          </option>
        ))}
      </datalist>
      <Field id={`${id}-y`} title={{ zh: '数的年份（与核算年份不同才写）', en: 'Year, where it is another' }}>
        <input
          id={`${id}-y`}
          className="native"
          inputMode="numeric"
          pattern="[12][0-9]{3}"
          value={typed.year}
          onChange={(e) => set({ year: e.target.value })}
        />
      </Field>
      <p className="buttons">
        <Button type="primary" htmlType="submit" loading={saving}>
          {t({ zh: '保存并检查', en: 'Save and check' })}
        </Button>
        <Button onClick={cancel}>{t({ zh: '不改了', en: 'Leave it' })}</Button>
      </p>
    </form>
  )
}

export function Field({
  id,
  title,
  children,
}: {
  readonly id: string
  readonly title: Text
  readonly children: ReactNode
}) {
  const { t } = useLanguage()
  return (
    <div className="field">
      <label htmlFor={id}>{t(title)}</label>
      {children}
    </div>
  )
}
