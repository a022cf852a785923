// The form of a command inside another page: what the page knows already is not asked again.

import type { Text } from '../../kernel/index.ts'
import { Failed, Waiting } from '../states.tsx'
import { CommandForm } from './command-form.tsx'
import { useCommandForm } from './form-page.tsx'
import type { Receipt } from './use-submit.ts'
import type { Group } from './values.ts'

export function SmallForm(p: {
  /** `advance-account` */
  readonly command: string
  readonly preset: Readonly<Record<string, string>>
  /** What is known and no text: lists. */
  readonly start?: Group
  /** What is likely, shown and changed where it is not so. */
  readonly likely?: Group
  readonly words: Text
  /** Left out: the receipt stands where the form stood. */
  readonly done?: (receipt: Receipt) => void
}) {
  const form = useCommandForm(p.command)
  if (form.isPending) return <Waiting />
  if (form.isError) return <Failed error={form.error} />
  return (
    <CommandForm
      form={form.data}
      preset={p.preset}
      start={{ ...p.likely, ...p.start }}
      hidden={[...Object.keys(p.preset), ...Object.keys(p.start ?? {})]}
      submitWords={p.words}
      {...(p.done ? { onDone: p.done } : {})}
    />
  )
}
