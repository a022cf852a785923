// Where an account stands on 试算 → 初步 → 正式, and who took it there.

import type { Text } from '../../kernel/index.ts'
import { NameOf } from '../inbox/person-name.tsx'
import { useLanguage } from '../language.tsx'
import { textOf, type Row } from '../table/rows.ts'

const STEPS = [
  { status: 'trial', title: { zh: '试算', en: 'Trial' }, by: 'registeredBy', did: { zh: '登记', en: 'registered' } },
  {
    status: 'preliminary',
    title: { zh: '初步', en: 'Preliminary' },
    by: 'preliminaryBy',
    did: { zh: '审核', en: 'reviewed' },
  },
  {
    status: 'official',
    title: { zh: '正式', en: 'Official' },
    by: 'officialBy',
    did: { zh: '审定', en: 'signed off' },
  },
] as const

/** The three steps, with who took each. */
export function Ladder({ row }: { readonly row: Row }) {
  const { t } = useLanguage()
  const at = STEPS.findIndex((s) => s.status === row['status'])
  return (
    <ol className="ladder" aria-label={t({ zh: '状态', en: 'Status' })}>
      {STEPS.map((s, k) => (
        <li key={s.status} className={k <= at ? 'done' : ''} {...(k === at ? { 'aria-current': 'step' as const } : {})}>
          <strong>
            {k <= at ? '✓ ' : ''}
            {t(s.title)}
          </strong>{' '}
          <span className="hint">
            <Taken did={s.did} by={textOf(row, s.by)} />
          </span>
        </li>
      ))}
    </ol>
  )
}

function Taken({ did, by }: { readonly did: Text; readonly by: string | undefined }) {
  const { t } = useLanguage()
  if (by === undefined) return t({ zh: '未到', en: 'not yet' })
  return (
    <>
      {t(did)} <NameOf who={by} />
    </>
  )
}
