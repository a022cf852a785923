// Controls of single values: words, numbers as text with their unit, dates, choices, flags. The browser's own controls
// where they are good: they know the keyboard and the reader's habits.

import { Checkbox, Input, Space } from 'antd'
import { useLanguage } from '../language.tsx'
import { momentField, momentFrom } from '../words.ts'
import type { ControlProps } from './field.tsx'
import { isGroup, type Value } from './values.ts'

type Props = ControlProps & { readonly value: Value; readonly change: (v: Value) => void }

export function SimpleControl(p: Props) {
  const { t } = useLanguage()
  const { id, schema, value, change, describedBy, invalid, required } = p
  const kind = schema['x-kind']
  const text = typeof value === 'string' ? value : ''
  const tied = {
    id,
    'aria-required': required,
    'aria-invalid': invalid,
    ...(describedBy ? { 'aria-describedby': describedBy } : {}),
  }
  const look = invalid ? ({ status: 'error' } as const) : {}
  const max = schema.maxLength === undefined ? {} : { maxLength: schema.maxLength }
  if (kind === 'flag')
    return (
      <Checkbox {...tied} checked={value === true} onChange={(e) => change(e.target.checked)}>
        {t({ zh: '是', en: 'Yes' })}
      </Checkbox>
    )
  if (kind === 'choice')
    return (
      <select className="native" {...tied} value={text} onChange={(e) => change(e.target.value)}>
        <option value="">{t({ zh: '请选择', en: 'Choose' })}</option>
        {(schema['x-choices'] ?? []).map((c) => (
          <option key={c.value} value={c.value}>
            {t(c.title)}
          </option>
        ))}
      </select>
    )
  if (kind === 'long-text')
    return (
      <Input.TextArea
        {...tied}
        {...look}
        {...max}
        autoSize={{ minRows: 2, maxRows: 10 }}
        value={text}
        onChange={(e) => change(e.target.value)}
      />
    )
  if (kind === 'instant')
    return (
      <Input
        {...tied}
        {...look}
        type="datetime-local"
        value={momentField(text)}
        onChange={(e) => change(momentFrom(e.target.value))}
      />
    )
  if (kind === 'quantity') return <Quantity {...p} />
  return (
    <Input
      {...tied}
      {...look}
      {...max}
      {...INPUT[kind]}
      {...unitOf(schema['x-unit'] ?? (kind === 'money' ? t({ zh: '元', en: 'yuan' }) : undefined))}
      value={text}
      onChange={(e) => change(e.target.value)}
    />
  )
}

const unitOf = (unit: string | undefined) => (unit === undefined ? {} : { suffix: unit })

const NUMBER = { inputMode: 'decimal', className: 'number', autoComplete: 'off' } as const
const INPUT: Partial<Record<ControlProps['schema']['x-kind'], object>> = {
  'civil-date': { type: 'date' },
  amount: NUMBER,
  money: NUMBER,
  integer: { ...NUMBER, inputMode: 'numeric' },
  year: { ...NUMBER, inputMode: 'numeric', maxLength: 4 },
  period: { placeholder: '2025 / 2025-Q1 / 2025-06' },
  code: { spellCheck: false, autoComplete: 'off' },
  id: { spellCheck: false, autoComplete: 'off' },
  'act-id': { spellCheck: false, autoComplete: 'off' },
}

/** A number and its unit; any unit of the same dimension will do. */
function Quantity({ id, value, change, describedBy, invalid, required }: Props) {
  const { t } = useLanguage()
  const group = value !== undefined && isGroup(value) ? value : {}
  const part = (name: 'value' | 'unit'): string => (typeof group[name] === 'string' ? group[name] : '')
  return (
    <Space.Compact block>
      <Input
        id={id}
        {...NUMBER}
        aria-required={required}
        aria-invalid={invalid}
        {...(describedBy ? { 'aria-describedby': describedBy } : {})}
        value={part('value')}
        onChange={(e) => change({ ...group, value: e.target.value })}
      />
      <Input
        className="unit"
        aria-label={t({ zh: '单位', en: 'Unit' })}
        value={part('unit')}
        onChange={(e) => change({ ...group, unit: e.target.value })}
      />
    </Space.Compact>
  )
}
