// A list in a form: rows one adds and removes, each a value or a group of fields. Adding moves the focus into the new row.

import { Button } from 'antd'
import { useEffect, useRef, type ReactNode } from 'react'
import { useLanguage } from '../language.tsx'
import type { FieldProps } from './field.tsx'
import { emptyOf, type Value } from './values.ts'

/** @param draw draws a field: rows hold fields, and fields hold rows */
export function Rows(p: FieldProps & { readonly draw: (field: FieldProps) => ReactNode }) {
  const { schema, path, value, change, draw, ...filling } = p
  const { t } = useLanguage()
  const rows: readonly Value[] = Array.isArray(value) ? value : []
  const item = schema.items!
  const box = useRef<HTMLDivElement>(null)
  const before = useRef(rows.length)
  useEffect(() => {
    if (rows.length > before.current)
      box.current?.querySelector<HTMLElement>(':scope > .row:last-of-type :is(input, select, textarea)')?.focus()
    before.current = rows.length
  }, [rows.length])
  return (
    <div className="rows" ref={box}>
      {rows.map((row, i) => (
        <div className="row" key={i}>
          <div>{draw({ ...filling, schema: item, path: [...path, i], value: row, change, required: true })}</div>
          <Button
            size="small"
            disabled={rows.length <= (schema.minItems ?? 0)}
            aria-label={t({ zh: `删去第 ${i + 1} 行`, en: `Remove row ${i + 1}` })}
            onClick={() =>
              change(
                path,
                rows.filter((_, other) => other !== i),
              )
            }
          >
            {t({ zh: '删去', en: 'Remove' })}
          </Button>
        </div>
      ))}
      <Button
        size="small"
        disabled={rows.length >= (schema.maxItems ?? Infinity)}
        onClick={() => change(path, [...rows, emptyOf(item)])}
      >
        {t({ zh: `加一行：${item['x-title'].zh}`, en: `Add: ${item['x-title'].en}` })}
      </Button>
    </div>
  )
}
