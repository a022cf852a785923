// One field of any form: its title, mark, hint and problems around the control of its kind. Always holds: label, hint
// and problems are tied to the control for who cannot see them, and an unfit value is told in words under it.

import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { GRADE_TITLES, sees } from '../../kernel/index.ts'
import type { Said } from '../api/call.ts'
import { useLanguage } from '../language.tsx'
import { FileControl } from './file-control.tsx'
import { Lookup } from './lookup.tsx'
import { Rows } from './rows.tsx'
import type { FieldSchema } from './schema.ts'
import { SimpleControl } from './simple-control.tsx'
import { isGroup, type Step, type Value } from './values.ts'

export interface Filling {
  readonly problems: readonly Said[]
  readonly change: (path: readonly Step[], value: Value) => void
  /** Set apart when two forms stand on one page. */
  readonly prefix: string
}

export interface FieldProps extends Filling {
  readonly schema: FieldSchema
  readonly path: readonly Step[]
  readonly value: Value
  readonly required: boolean
}

/** What a control gets. */
export interface ControlProps {
  readonly id: string
  readonly schema: FieldSchema
  readonly required: boolean
  readonly describedBy: string | undefined
  readonly invalid: boolean
}

export const fieldId = (prefix: string, path: readonly Step[] | string): string =>
  `${prefix}-${typeof path === 'string' ? path : path.join('.')}`

export function Field(p: FieldProps) {
  const { t } = useLanguage()
  const { schema, path, value, required, problems, change, prefix } = p
  const at = path.join('.')
  const id = fieldId(prefix, path)
  const own = problems.filter((said) => said.field === at)
  const hint = schema['x-hint']
  const grade = schema['x-grade'] ?? 'internal'
  const kind = schema['x-kind']
  const describedBy =
    [hint ? `${id}-hint` : '', own.length > 0 ? `${id}-problem` : ''].filter(Boolean).join(' ') || undefined
  const below = (
    <>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {t(hint)}
        </p>
      )}
      {own.length > 0 && (
        <div className="field-problem" id={`${id}-problem`}>
          {own.map((said, i) => (
            <p key={i}>
              ✗ {t(said)} {said.hint && <span className="hint">{t(said.hint)}</span>}
            </p>
          ))}
        </div>
      )}
    </>
  )
  const mark = (
    <>
      {t(schema['x-title'])}
      {required ? (
        <span className="must" title={t({ zh: '必填', en: 'required' })}>
          *
        </span>
      ) : (
        <span className="may">{t({ zh: '选填', en: 'optional' })}</span>
      )}
      {!sees('internal', grade) && <Tag>{t(GRADE_TITLES[grade])}</Tag>}
    </>
  )
  if (kind === 'group' || kind === 'list')
    return (
      <fieldset className="field-group" {...(describedBy ? { 'aria-describedby': describedBy } : {})}>
        <legend>{mark}</legend>
        {below}
        {kind === 'list' ? (
          <Rows {...p} draw={(field) => <Field {...field} />} />
        ) : (
          <Fields
            schema={{ properties: schema.properties!, required: schema.required ?? [] }}
            value={value}
            path={path}
            problems={problems}
            change={change}
            prefix={prefix}
          />
        )}
      </fieldset>
    )
  const control: ControlProps = { id, schema, required, describedBy, invalid: own.length > 0 }
  return (
    <div className={`field kind-${kind}`}>
      <label htmlFor={id}>{mark}</label>
      {controlOf(kind, control, value, (v) => change(path, v))}
      {below}
    </div>
  )
}

function controlOf(
  kind: FieldSchema['x-kind'],
  control: ControlProps,
  value: Value,
  change: (v: Value) => void,
): ReactNode {
  const text = typeof value === 'string' ? value : ''
  if (kind === 'region' || kind === 'organisation' || kind === 'person')
    return <Lookup {...control} kind={kind} value={text} change={change} />
  if (kind === 'file-hash') return <FileControl {...control} value={text} change={change} />
  return <SimpleControl {...control} value={value} change={change} />
}

export interface FieldsProps extends Filling {
  readonly schema: { readonly properties: Readonly<Record<string, FieldSchema>>; readonly required?: readonly string[] }
  readonly value: Value
  readonly path: readonly Step[]
}

/** All fields of a form or a group, in the order they are declared. */
export function Fields({ schema, value, path, ...filling }: FieldsProps) {
  const group = value !== undefined && isGroup(value) ? value : {}
  return (
    <div className="fields">
      {Object.entries(schema.properties).map(([name, field]) => (
        <Field
          key={name}
          schema={field}
          path={[...path, name]}
          value={group[name]}
          required={schema.required?.includes(name) ?? false}
          {...filling}
        />
      ))}
    </div>
  )
}
