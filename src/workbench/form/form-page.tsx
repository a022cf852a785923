// The page of any command, `/w/do/issue-permit`; what stands in the address (`?firm=…`) is filled in already.

import { useQuery } from '@tanstack/react-query'
import { useParams, useSearchParams } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useSession } from '../api/session.tsx'
import { Page } from '../frame/page.tsx'
import { Failed, Waiting } from '../states.tsx'
import { CommandForm } from './command-form.tsx'
import type { CommandFormSchema } from './schema.ts'

export function useCommandForm(command: string) {
  const { ask, role } = useSession()
  return useQuery({
    queryKey: ['form', command, role?.role],
    queryFn: () => ask<CommandFormSchema>(`/api/v1/forms/${command}`),
    staleTime: Infinity,
  })
}

const FORM: Text = { zh: '办理', en: 'Do' }

export function FormPage() {
  const { command } = useParams<{ command: string }>()
  const [words] = useSearchParams()
  const form = useCommandForm(command)
  if (form.isPending) return <Waiting />
  if (form.isError)
    return (
      <Page title={FORM}>
        <Failed error={form.error} again={() => void form.refetch()} />
      </Page>
    )
  return (
    <Page title={form.data.title} about={aboutOf(form.data)}>
      <CommandForm key={command + words.toString()} form={form.data} preset={Object.fromEntries(words)} />
    </Page>
  )
}

function aboutOf({ clause, approval }: CommandFormSchema): Text | undefined {
  const zh = [clause && `依据：${clause}`, approval && '提交后由另一个人审批，同意后才生效。']
    .filter(Boolean)
    .join(' · ')
  const en = [clause && `Ground: ${clause}`, approval && 'Another person approves it before it takes effect.']
    .filter(Boolean)
    .join(' · ')
  return zh === '' ? undefined : { zh, en }
}
