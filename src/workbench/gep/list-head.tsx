// What an account is of: region, years, title, set of indicators, and the services it leaves out with the reason for each.

import { Button } from 'antd'
import { useId, useState, type SyntheticEvent } from 'react'
import type { FolderChecked, ListChoices, WholeList } from '../../server/told/index.ts'
import { useLanguage } from '../language.tsx'
import { Field } from './list-entry.tsx'
import type { SaveList } from './list-form.tsx'

export function HeadForm({
  list,
  services,
  sets,
  save,
  saving,
}: {
  readonly list: WholeList
  readonly services: FolderChecked['services']
  readonly sets: ListChoices['sets']
  readonly save: SaveList
  readonly saving: boolean
}) {
  const { t } = useLanguage()
  const id = useId()
  const [typed, setTyped] = useState({
    code: list.region.code,
    nameZh: list.region.name.zh,
    nameEn: list.region.name.en,
    titleZh: list.title.zh,
    titleEn: list.title.en,
    year: String(list.year),
    priceYear: String(list.priceYear),
  })
  const [set, setSet] = useState(list.set)
  const [leftOut, setLeftOut] = useState(list.notApplicable ?? {})
  const submit = (e: SyntheticEvent): void => {
    e.preventDefault()
    const { notApplicable: _, ...rest } = list
    save(
      {
        ...rest,
        region: { code: typed.code, name: { zh: typed.nameZh, en: typed.nameEn } },
        title: { zh: typed.titleZh, en: typed.titleEn },
        year: Number(typed.year),
        priceYear: Number(typed.priceYear),
        set,
        ...(Object.keys(leftOut).length === 0 ? {} : { notApplicable: leftOut }),
      },
      () => undefined,
    )
  }
  const line = (key: keyof typeof typed, zh: string, en: string, pattern?: string) => (
    <Field key={key} id={`${id}-${key}`} title={{ zh, en }}>
      <input
        id={`${id}-${key}`}
        className="native"
        required
        {...(pattern === undefined ? {} : { pattern, inputMode: 'numeric' as const })}
        value={typed[key]}
        onChange={(e) => setTyped({ ...typed, [key]: e.target.value })}
      />
    </Field>
  )
  return (
    <form onSubmit={submit}>
      <div className="fields">
        {line('code', '地区代码', 'Code of the region', '[0-9]{6}([0-9]{3}){0,2}')}
        {line('nameZh', '地区名称', 'Name of the region in Chinese')}
        {line('nameEn', '地区英文名称', 'Name of the region')}
        {line('year', '核算年份', 'Accounting year', '[12][0-9]{3}')}
        {line('priceYear', '不变价年份', 'Year of constant prices', '[12][0-9]{3}')}
        {line('titleZh', '名称', 'Title in Chinese')}
        {line('titleEn', '英文名称', 'Title')}
        <Field id={`${id}-set`} title={{ zh: '指标集', en: 'Indicator set' }}>
          <select id={`${id}-set`} className="native" value={set} onChange={(e) => setSet(e.target.value)}>
            {sets.map((s) => (
              <option key={s.id} value={s.id}>
                {t(s.title)}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <fieldset className="services">
        <legend>{t({ zh: '核算的服务', en: 'Services that are computed' })}</legend>
        <ul className="plain">
          {services.map((s) => {
            const out = leftOut[s.id]
            return (
              <li key={s.id}>
                <label>
                  <input
                    type="checkbox"
                    checked={out === undefined}
                    onChange={(e) => {
                      const { [s.id]: _, ...others } = leftOut
                      setLeftOut(e.target.checked ? others : { ...others, [s.id]: '' })
                    }}
                  />{' '}
                  {s.id} {t(s.title)}
                </label>{' '}
                {out !== undefined ? (
                  <input
                    className="native"
                    required
                    value={out}
                    aria-label={t({ zh: `${s.id} 不核算的理由`, en: `Why ${s.id} is left out` })}
                    placeholder={t({ zh: '不核算的理由', en: 'why it is left out' })}
                    onChange={(e) => setLeftOut({ ...leftOut, [s.id]: e.target.value })}
                  />
                ) : (
                  <span className="hint">
                    {s.missing.length === 0
                      ? '✓'
                      : t({ zh: '还缺：', en: 'still lacks: ' }) +
                        s.missing.map((m) => t(m)).join(t({ zh: '、', en: ', ' }))}
                  </span>
                )}
              </li>
            )
          })}
        </ul>
      </fieldset>
      <p className="buttons">
        <Button type="primary" htmlType="submit" loading={saving}>
          {t({ zh: '保存并检查', en: 'Save and check' })}
        </Button>
      </p>
    </form>
  )
}
