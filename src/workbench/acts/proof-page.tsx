// The proof of an act, verified here in the browser step by step by the project's own verifier, against the keys of the
// verifier page. The file can be saved and checked elsewhere without this program.

import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Link, useParams } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useSession } from '../api/session.tsx'
import { Page, Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { save } from '../save.ts'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { useSubject } from './explained.ts'
import { Pairs } from '../table/pairs.tsx'
import { ThreadLinks } from '../table/threads-links.tsx'

interface ActProof {
  readonly act: string
  readonly leaf: number
  readonly checkpoint: string
  /** The proof file; null where the role may not read the act. */
  readonly proof: string | null
}

const TITLE: Text = { zh: '凭证', en: 'Proof' }

export function ProofPage() {
  const { id } = useParams<{ id: string }>()
  const { t } = useLanguage()
  const { ask, role } = useSession()
  const asked = useQuery({
    queryKey: ['proof', id, role?.role],
    queryFn: () => ask<ActProof>(`/api/v1/acts/${id}/proof`),
  })
  return (
    <Page
      title={TITLE}
      about={{
        zh: '这件事在公开日志里，一字未改。下面的核对在您的浏览器里进行。',
        en: 'That this act stands in the public log, unchanged. The check below is made in your browser.',
      }}
      actions={
        asked.data && (
          <>
            <Button onClick={() => globalThis.print()}>{t({ zh: '打印', en: 'Print' })}</Button>
            <Button
              onClick={() => save(new Blob([asked.data.proof ?? ''], { type: 'application/json' }), `proof-${id}.json`)}
            >
              {t({ zh: '保存凭证文件', en: 'Save the proof file' })}
            </Button>
          </>
        )
      }
    >
      <ThreadLinks act={id} subject={useSubject(id)} />
      {asked.isPending ? (
        <Waiting />
      ) : asked.isError ? (
        <Failed error={asked.error} again={() => void asked.refetch()} />
      ) : (
        <>
          {asked.data.proof === null ? (
            <Nothing
              what={{
                zh: '这件事的内容不给您现在的角色看，所以只显示它在日志里的位置。',
                en: 'What this act says is not for your present role; only its place in the log is shown.',
              }}
            />
          ) : (
            <Judged proof={asked.data.proof} />
          )}
          <Part title={{ zh: '内容', en: 'What it holds' }}>
            <Pairs
              pairs={[
                [
                  { zh: '行为', en: 'Act' },
                  <Link key="a" href={`/w/acts/${id}`}>
                    {id}
                  </Link>,
                ],
                [{ zh: '存证序号', en: 'Place in the log' }, String(asked.data.leaf)],
                [
                  { zh: '检查点', en: 'Checkpoint' },
                  <pre key="c" className="code pre">
                    {asked.data.checkpoint}
                  </pre>,
                ],
              ]}
            />
          </Part>
          <p className="hint">
            {t({
              zh: '日志证明先后次序和没有被悄悄改写，不证明最初填报的内容属实。保存的文件可以交给别人，在',
              en: 'A log proves order and that nothing was silently rewritten, not that the first entry was true. Others can check the saved file on the',
            })}{' '}
            <a href="/verify">{t({ zh: '核验页', en: 'verifier page' })}</a>
            {t({ zh: '核对，不用登录。', en: ', without signing in.' })}
          </p>
        </>
      )}
    </Page>
  )
}

function Judged({ proof }: { readonly proof: string }) {
  const { t } = useLanguage()
  const judged = useQuery({
    queryKey: ['judged', proof],
    queryFn: async () => (await import('./judge.ts')).judge(proof),
    staleTime: Infinity,
  })
  if (judged.isPending) return <Waiting />
  if (judged.isError) return <Failed error={judged.error} again={() => void judged.refetch()} />
  const { holds, steps } = judged.data
  return (
    <Part title={{ zh: '核对结果', en: 'Result of the check' }}>
      <p role="status" className={holds ? 'good' : 'bad'}>
        {holds ? '✓ ' : '✗ '}
        {holds ? t({ zh: '凭证成立', en: 'The proof holds' }) : t({ zh: '凭证不成立', en: 'The proof does not hold' })}
      </p>
      <ol className="steps">
        {steps.map((s, i) => (
          <li key={i}>
            {MARK[s.outcome]} {t(s)} <span className="hint">{s.standard}</span>
          </li>
        ))}
      </ol>
    </Part>
  )
}

const MARK = { ok: '✓', failed: '✗', 'not-checked': '—' } as const
