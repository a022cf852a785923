// Documents of one thing, on any page: `<Documents about="unit:…" place="430725" />`. What they are, which version, how long they are
// kept; a look at each in a drawer; attaching, and a new version of one.

import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useMenu } from '../api/menu.ts'
import { Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { useRows } from '../table/use-rows.ts'
import { Attach } from './attach.tsx'
import { documentOf, sizeText, STATUS, type DocumentShown } from './model.ts'
import { Preview } from './preview.tsx'
import { useKinds } from './use-kinds.ts'

export interface DocumentsProps {
  /** The subject they belong to: `unit:…`, `party:…`, `notice:…`, `certificate:…`. */
  readonly about: string
  /** Region code of that thing: where what is attached belongs. */
  readonly place?: string | undefined
  readonly organisation?: string | undefined
  readonly title?: Text
}

/** Nothing for roles that may not ask for documents. */
export function Documents({ about, place, organisation, title = TITLE }: DocumentsProps) {
  const { mayAsk } = useMenu()
  if (!mayAsk('documents')) return null
  return <Attached {...{ about, place, organisation, title }} />
}

const TITLE: Text = { zh: '附件', en: 'Documents' }

function Attached({ about, place, organisation, title }: DocumentsProps & { readonly title: Text }) {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  const asked = useRows('documents', { input: { about }, limit: 200 })
  const [opened, open] = useState<DocumentShown>()
  const [attaching, attach] = useState<{ readonly replaces?: DocumentShown }>()
  const [older, showOlder] = useState(false)
  const all = (asked.data?.rows ?? []).map(documentOf)
  const current = all.filter((d) => d.status === 'attached' || d.status === 'disposed')
  const shown = older ? all : current
  const may = mayRun('attachDocument')
  return (
    <Part
      title={title}
      actions={
        may && !attaching ? (
          <Button onClick={() => attach({})}>{t({ zh: '附上文件', en: 'Attach documents' })}</Button>
        ) : undefined
      }
    >
      {asked.isPending ? (
        <Waiting />
      ) : asked.isError ? (
        <Failed error={asked.error} again={() => void asked.refetch()} />
      ) : shown.length === 0 ? (
        <Nothing what={{ zh: '没有附件。', en: 'There are no documents.' }} />
      ) : (
        <List documents={shown} open={open} {...(may ? { renew: (replaces) => attach({ replaces }) } : {})} />
      )}
      {all.length > current.length && (
        <p className="buttons">
          <Button size="small" aria-expanded={older} onClick={() => showOlder(!older)}>
            {older
              ? t({ zh: '只看现在的', en: 'Only what is in force' })
              : t({
                  zh: `以前的版本（${all.length - current.length}）`,
                  en: `Earlier versions (${all.length - current.length})`,
                })}
          </Button>
        </p>
      )}
      {attaching && (
        <section className="attach" aria-label={t({ zh: '附上文件', en: 'Attach documents' })}>
          {attaching.replaces && (
            <p>
              {t({ zh: `“${attaching.replaces.name}”的新版本`, en: `A new version of "${attaching.replaces.name}"` })}
            </p>
          )}
          <Attach
            key={attaching.replaces?.id ?? 'new'}
            {...{ about, place, organisation }}
            replaces={attaching.replaces}
            done={() => attach(undefined)}
          />
          <p className="buttons">
            <Button onClick={() => attach(undefined)}>{t({ zh: '收起', en: 'Close' })}</Button>
          </p>
        </section>
      )}
      {opened && <Preview document={opened} close={() => open(undefined)} />}
    </Part>
  )
}

function List(p: {
  readonly documents: readonly DocumentShown[]
  readonly open: (d: DocumentShown) => void
  readonly renew?: (d: DocumentShown) => void
}) {
  const { t } = useLanguage()
  const kinds = useKinds()
  const heads: readonly Text[] = [
    { zh: '文件', en: 'Document' },
    { zh: '类型', en: 'Kind' },
    { zh: '大小', en: 'Size' },
    { zh: '拍摄时间和位置', en: 'Photo: when and where' },
    { zh: '版本', en: 'Version' },
    { zh: '保管到', en: 'Kept until' },
  ]
  return (
    <div className="table-box" role="region" aria-label={t({ zh: '附件清单', en: 'List of documents' })} tabIndex={0}>
      <table className="rows-table documents">
        <thead>
          <tr>
            {heads.map((h) => (
              <th key={h.zh} scope="col">
                {t(h)}
              </th>
            ))}
            <th scope="col">
              <span className="unseen">{t({ zh: '办理', en: 'Do' })}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {p.documents.map((d) => (
            <tr key={d.id} {...(d.status === 'withdrawn' ? { className: 'struck' } : {})}>
              <td className="document-name">
                {d.name} {d.note && <span className="hint">{d.note}</span>}
                <Link href={`/w/history?subject=document:${d.id}`}>{t({ zh: '历史', en: 'History' })}</Link>
              </td>
              <td>{t(kinds[d.type] ?? { zh: d.type, en: d.type })}</td>
              <td className="number">{sizeText(d.sizeBytes)}</td>
              <td>
                {d.takenAt ?? '—'}
                {d.position && <span className="hint">{d.position}</span>}
              </td>
              <td>
                {d.version} · {t(STATUS[d.status] ?? { zh: d.status, en: d.status })}
              </td>
              <td>{d.keepUntil ?? t({ zh: '永久', en: 'permanently' })}</td>
              <td className="open">
                {d.look !== 'none' && (
                  <Button
                    size="small"
                    aria-label={t({ zh: `查看 ${d.name}`, en: `Look at ${d.name}` })}
                    onClick={() => p.open(d)}
                  >
                    {t({ zh: '查看', en: 'Look' })}
                  </Button>
                )}{' '}
                {p.renew && d.status === 'attached' && (
                  <Button
                    size="small"
                    aria-label={t({ zh: `${d.name} 换新版本`, en: `A new version of ${d.name}` })}
                    onClick={() => p.renew?.(d)}
                  >
                    {t({ zh: '换新版本', en: 'New version' })}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
