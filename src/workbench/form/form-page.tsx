// The page of any command, `/w/do/issue-permit`; what stands in the address (`?firm=…`) is filled in already, and a draft
// (`?draft=…`) goes on where it was left.

import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useSession } from '../api/session.tsx'
import { Page } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Problems, saidOf, Waiting } from '../states.tsx'
import { momentText } from '../words.ts'
import { CommandForm } from './command-form.tsx'
import { groupOf, useDrafts, useDropDraft, useSaveDraft, type Draft } from './drafts.ts'
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
  const drafts = useDrafts()
  if (form.isPending || drafts.isPending) return <Waiting />
  if (form.isError)
    return (
      <Page title={FORM}>
        <Failed error={form.error} again={() => void form.refetch()} />
      </Page>
    )
  const of = (drafts.data ?? []).filter((d) => d.command === form.data.name && d.gone === undefined)
  const preset = Object.fromEntries(words)
  return (
    <Page title={form.data.title} about={aboutOf(form.data)}>
      <Filling key={command + words.toString()} form={form.data} preset={preset} drafts={of} begun={preset['draft']} />
    </Page>
  )
}

function Filling(p: {
  readonly form: CommandFormSchema
  readonly preset: Readonly<Record<string, string>>
  readonly drafts: readonly Draft[]
  readonly begun: string | undefined
}) {
  const { t, lang } = useLanguage()
  // As it was when the page opened: saving over it must not fill the form in anew.
  const [start] = useState(() => p.drafts.find((d) => d.draft === p.begun))
  const [draft, setDraft] = useState(start?.draft)
  const save = useSaveDraft()
  const drop = useDropDraft()
  const others = p.drafts.filter((d) => d.draft !== draft)
  const kept = save.isSuccess ? save.data : undefined
  return (
    <>
      {others.length > 0 && (
        <p className="drafts">
          {t({ zh: '已暂存：', en: 'Drafts: ' })}
          {others.map((d) => (
            <Link key={d.draft} href={`?draft=${d.draft}`}>
              {momentText(d.saved, lang)}
            </Link>
          ))}
        </p>
      )}
      <CommandForm
        form={p.form}
        preset={p.preset}
        {...(start ? { start: groupOf(start) } : {})}
        onReceipt={() => draft !== undefined && drop.mutate(draft)}
        beside={(input) => (
          <>
            <Button
              loading={save.isPending}
              onClick={() =>
                save.mutate(
                  { draft, command: p.form.name, input: input() },
                  { onSuccess: (saved) => setDraft(saved.draft) },
                )
              }
            >
              {t({ zh: '暂存', en: 'Save as a draft' })}
            </Button>
            {kept && (
              <span role="status" className="good">
                ✓ {t({ zh: '已暂存', en: 'saved' })}
                {kept.leftOut.length > 0 &&
                  t({
                    zh: `（${kept.leftOut.map((x) => x.zh).join('、')} 不保存，请到时再填）`,
                    en: ` (not kept: ${kept.leftOut.map((x) => x.en).join(', ')})`,
                  })}
              </span>
            )}
            {save.isError && <Problems problems={saidOf(save.error)} />}
          </>
        )}
      />
    </>
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
