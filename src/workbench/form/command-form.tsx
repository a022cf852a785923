// The form of one command: drawn from its declaration, filled in, submitted, answered by a receipt or by problems at their
// fields. Serves the page of any command and the small forms inside other pages.

import { Button } from 'antd'
import { useId, useRef, useState, type ReactNode, type SyntheticEvent } from 'react'
import type { Text } from '../../kernel/index.ts'
import type { Said } from '../api/call.ts'
import { kebab, useMenu } from '../api/menu.ts'
import { useSession, type HeldPlace } from '../api/session.tsx'
import { useLanguage } from '../language.tsx'
import { Problems, saidOf } from '../states.tsx'
import { fieldId, Fields } from './field.tsx'
import type { CommandFormSchema, FieldSchema } from './schema.ts'
import { ReceiptShown } from './receipt.tsx'
import { useSubmit, type Receipt } from './use-submit.ts'
import { emptyOf, inputOf, missingOf, presetOf, setAt, type Group, type Value } from './values.ts'

export interface CommandFormProps {
  readonly form: CommandFormSchema
  /** Values that are known already. */
  readonly preset?: Readonly<Record<string, string>>
  /** What was filled in before, of a draft. */
  readonly start?: Group
  /** Fields the reader need not see, since the page shows what they say. */
  readonly hidden?: readonly string[]
  readonly submitWords?: Text
  /** Stands where the receipt would. */
  readonly onDone?: (receipt: Receipt) => void
  /** Told when it is done, beside the receipt. */
  readonly onReceipt?: (receipt: Receipt) => void
  /** What can be told before it is submitted, of what stands in the form. @param left whether a field was left already */
  readonly told?: ((value: Group, left: (field: string) => boolean) => readonly Said[]) | undefined
  /** More buttons beside the one that submits. */
  readonly beside?: (input: () => Record<string, unknown>) => ReactNode
}

export function CommandForm({
  form,
  preset = {},
  start = {},
  hidden = [],
  submitWords,
  onDone,
  onReceipt,
  told,
  beside,
}: CommandFormProps) {
  const { t } = useLanguage()
  const { me, role } = useSession()
  const { mayAsk } = useMenu()
  const prefix = useId()
  const box = useRef<HTMLFormElement>(null)
  const fresh = (): Value =>
    presetOf(form.schema, preset, {
      ...(emptyOf(form.schema) as Group),
      ...ownPlace(form, role?.places ?? []),
      // Who may not choose among people lets somebody stand in for nobody but themselves.
      ...(form.name === 'standIn' && !mayAsk('people') ? { absent: me.person.id } : {}),
      ...start,
    })
  const [value, setValue] = useState<Value>(fresh)
  const [missing, setMissing] = useState<readonly Said[]>([])
  const [done, setDone] = useState<Receipt>()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const submit = useSubmit()
  const shown = { ...form.schema, properties: without(form.schema.properties, hidden) }
  const refusals = submit.isError ? saidOf(submit.error) : []
  const problems = [...missing, ...refusals]
  const early = (told?.(value as Group, (field) => left.has(fieldId(prefix, field))) ?? []).filter(
    (p) => !problems.some((other) => other.field === p.field),
  )

  const focusFirst = (field: string | undefined): void => {
    if (field !== undefined) document.getElementById(fieldId(prefix, field))?.focus()
  }
  const send = (e: SyntheticEvent): void => {
    e.preventDefault()
    if (submit.isPending) return
    const gaps = missingOf(form.schema, value)
    setMissing(gaps.map(missingSaid))
    if (gaps.length > 0) {
      submit.reset()
      return focusFirst(gaps[0])
    }
    // Told by the promise: what was done may take this very form off the page before it is over.
    submit.mutateAsync({ command: kebab(form.name), version: form.version, input: inputOf(form.schema, value) }).then(
      (receipt) => {
        onReceipt?.(receipt)
        if (onDone) onDone(receipt)
        else setDone(receipt)
      },
      (error: unknown) => focusFirst(saidOf(error).find((p) => p.field !== undefined)?.field),
    )
  }
  if (done)
    return (
      <ReceiptShown receipt={done}>
        <Button
          onClick={() => {
            setValue(fresh())
            setDone(undefined)
          }}
        >
          {t({ zh: '再办一件', en: 'Do another' })}
        </Button>
      </ReceiptShown>
    )
  // A problem of a field stands at the field; the others, and those of hidden fields, stand above the button.
  const elsewhere = problems.filter((p) => p.field === undefined || !document.getElementById(fieldId(prefix, p.field)))
  return (
    <form
      ref={box}
      onSubmit={send}
      noValidate
      className="command-form"
      {...(told ? { onBlur: (e) => setLeft((before) => new Set(before).add(e.target.id)) } : {})}
    >
      <Fields
        schema={shown}
        value={value}
        path={[]}
        problems={[...problems, ...early]}
        prefix={prefix}
        change={(path, v) => {
          setValue((whole) => setAt(whole, path, v))
          setMissing((all) => all.filter((p) => p.field !== path.join('.')))
        }}
      />
      {told && (
        <p role="status" className="unseen">
          {early.map((p) => t(p)).join(' ')}
        </p>
      )}
      {elsewhere.length > 0 && <Problems problems={elsewhere} />}
      {problems.length > elsewhere.length && (
        <p role="alert" className="field-problem">
          {t({
            zh: `有 ${problems.length - elsewhere.length} 处需要改，见上面标 ✗ 的地方。`,
            en: `${problems.length - elsewhere.length} to mend: see where ✗ stands above.`,
          })}
        </p>
      )}
      <p className="buttons">
        <Button type="primary" htmlType="submit" loading={submit.isPending}>
          {t(submitWords ?? (form.approval ? REQUEST : DO))}
        </Button>
        {beside?.(() => inputOf(form.schema, value))}
      </p>
    </form>
  )
}

const REQUEST: Text = { zh: '提交申请', en: 'Submit the request' }
const DO: Text = { zh: '办理', en: 'Do it' }

const missingSaid = (field: string): Said => ({
  code: 'workbench.missing',
  severity: 'red',
  field,
  zh: '这一项必须填。',
  en: 'This must be filled in.',
})

const without = (
  fields: Readonly<Record<string, FieldSchema>>,
  hidden: readonly string[],
): Readonly<Record<string, FieldSchema>> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !hidden.includes(name)))

/** Who acts for one place, or for one organisation, need not choose it. */
function ownPlace({ schema }: CommandFormSchema, places: readonly HeldPlace[]): Group {
  const [only] = places
  if (places.length !== 1 || !only) return {}
  const fields = Object.entries(schema.properties)
  const organisations = fields.filter(([, f]) => f['x-kind'] === 'organisation')
  return {
    ...(schema.properties['place']?.['x-kind'] === 'region' ? { place: only.code } : {}),
    ...(only.organisation !== undefined && organisations.length === 1
      ? { [organisations[0]![0]]: only.organisation }
      : {}),
  }
}
