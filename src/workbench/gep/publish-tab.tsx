// Publishing an official account: a page that anyone reads without signing in and without script. A page with a map of
// boundaries wants its review number (审图号); without it tables and bars tell the same.

import { useState } from 'react'
import { useMenu } from '../api/menu.ts'
import { CommandForm } from '../form/command-form.tsx'
import { useCommandForm } from '../form/form-page.tsx'
import { ReceiptShown } from '../form/receipt.tsx'
import type { Receipt } from '../form/use-submit.ts'
import { Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { LinkButton } from '../link-button.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { textOf } from '../table/rows.ts'
import { useRegistered } from './ask.ts'
import type { Head } from '../../server/told/index.ts'

export function PublishTab({ id, head }: { readonly id: string; readonly head: Head }) {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  const row = useRegistered(id)
  const form = useCommandForm('publish-account')
  const [done, setDone] = useState<Receipt>()
  if (!row) return <Waiting />
  const publication = textOf(row, 'publication')
  return (
    <>
      {done && (
        <ReceiptShown receipt={done}>
          <PublicLink id={publicationOf(done)} />
        </ReceiptShown>
      )}
      {publication !== undefined ? (
        <Part title={{ zh: '已公布', en: 'Published' }}>
          <p>
            <PublicLink id={publication} />
          </p>
          {mayRun('withdrawPublication') && (
            <LinkButton to={`/w/do/withdraw-publication?publication=${publication}`}>
              {t({ zh: '撤回公布', en: 'Withdraw it' })}
            </LinkButton>
          )}
        </Part>
      ) : row['status'] !== 'official' ? (
        <Nothing
          what={{
            zh: '只有正式的核算可以公布。先在“审核”里转为正式。',
            en: 'Only an official account is published. Have it signed off under "Review" first.',
          }}
        />
      ) : !mayRun('publishAccount') ? (
        <Nothing
          what={{
            zh: '这份核算可以公布了，由有公布权限的角色办。',
            en: 'It may be published now, by a role that publishes.',
          }}
        />
      ) : (
        <Part title={{ zh: '公布', en: 'Publish' }}>
          <p className="hint">
            {t({
              zh: '公开页不用登录、不用脚本就能看。带行政区界线的地图必须先取得审图号；没有审图号就不带地图，用表和条形图。',
              en: 'The public page is read without signing in and without script. A map of boundaries needs its review number first; without it the page has tables and bars.',
            })}
          </p>
          {form.isPending ? (
            <Waiting />
          ) : form.isError ? (
            <Failed error={form.error} />
          ) : (
            <CommandForm
              form={form.data}
              preset={{
                account: id,
                titleZh: head.title.zh,
                titleEn: head.title.en,
                ...(head.mapNumber === undefined ? {} : { mapNumber: head.mapNumber }),
              }}
              hidden={['account']}
              submitWords={{ zh: '公布', en: 'Publish' }}
              onDone={setDone}
            />
          )}
        </Part>
      )}
    </>
  )
}

const publicationOf = ({ act, answer }: Receipt): string =>
  ((answer ?? {}) as { readonly publication?: string }).publication ?? act

function PublicLink({ id }: { readonly id: string }) {
  const { t } = useLanguage()
  return (
    <a href={`/public/${id}`} target="_blank" rel="noreferrer">
      {t({ zh: '打开公开页（不用登录）', en: 'Open the public page (no sign-in)' })}
    </a>
  )
}
