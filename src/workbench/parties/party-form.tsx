// The form of a command about parties: as every form, and with codes checked while they are typed. What the page knows is not asked.

import type { Text } from '../../kernel/index.ts'
import { CommandForm } from '../form/command-form.tsx'
import { useCommandForm } from '../form/form-page.tsx'
import type { Receipt } from '../form/use-submit.ts'
import type { Group } from '../form/values.ts'
import { today } from '../land/units.ts'
import { Failed, Waiting } from '../states.tsx'
import { checksOf } from './checks.ts'

export function PartyForm(p: {
  /** `give-mandate` */
  readonly command: string
  readonly preset?: Readonly<Record<string, string>>
  /** What is known and no text: lists. */
  readonly start?: Group
  /** Of no use here. */
  readonly hidden?: readonly string[]
  readonly words: Text
  readonly done?: (receipt: Receipt) => void
}) {
  const form = useCommandForm(p.command)
  if (form.isPending) return <Waiting />
  if (form.isError) return <Failed error={form.error} />
  const { preset = {}, start = {}, hidden = [] } = p
  return (
    <CommandForm
      form={form.data}
      preset={preset}
      start={start}
      hidden={[...hidden, ...Object.keys(preset), ...Object.keys(start)]}
      submitWords={p.words}
      told={checksOf(Object.keys(form.data.schema.properties), today())}
      {...(p.done ? { onDone: p.done } : {})}
    />
  )
}
