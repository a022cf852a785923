// One value in a table, by its kind: amounts to the right in threes, moments in the time of Beijing, ids short with the
// whole at hand, choices in words, a masked value as what it is.

import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useSession } from '../api/session.tsx'
import { useTitleOf } from '../api/titles.ts'
import { useRoleTitle } from '../api/role-title.ts'
import { useLanguage } from '../language.tsx'
import { grouped, isUuid, momentText, shortId } from '../words.ts'
import { cellText, type Cell, type ChoiceTitles, type Column } from './rows.ts'

export const MASK = '＊＊＊'

const NUMBERS = new Set(['amount', 'quantity', 'money', 'integer'])
const AMOUNT_NAMES =
  /^(amount|amountKg|held|available|reserved|in|out|balance|debits|credits|pendingDebits|pendingCredits|leaf|value)$/
export const isNumber = ({ name, kind }: Pick<Column, 'name' | 'kind'>): boolean =>
  NUMBERS.has(kind) || AMOUNT_NAMES.test(name)

export function CellShown({
  value,
  column,
  choices,
}: {
  readonly value: Cell
  readonly column: Column
  readonly choices: ChoiceTitles
}): ReactNode {
  const { t, lang } = useLanguage()
  const { me } = useSession()
  const roleTitle = useRoleTitle()
  if (value === true) return t({ zh: '是', en: 'yes' })
  if (value === false) return t({ zh: '否', en: 'no' })
  const text = cellText(value)
  if (text === '') return <span className="none">—</span>
  if (text === MASK) return <abbr title={t({ zh: '您的角色不能看这一项', en: 'not for your role' })}>{MASK}</abbr>
  const words = choices[column.name]?.[text]
  if (words) return t(words)
  if (column.name === 'command') return <CommandTitle name={text} />
  if (column.name === 'status') return t(statusWords(text))
  if (ROLES.has(column.name)) return t(roleTitle(text))
  if (isNumber(column)) return grouped(text)
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return momentText(text, lang)
  if (text === me.person.id) return t({ zh: '本人', en: 'myself' })
  if ((ACTS.has(column.name) || column.kind === 'act-id') && isUuid(text))
    return (
      <Link href={`/w/acts/${text}`} title={text}>
        {shortId(text)}
      </Link>
    )
  if (isUuid(text) || column.kind === 'file-hash')
    return (
      <code className="code" title={text}>
        {shortId(text)}
      </code>
    )
  return text
}

function CommandTitle({ name }: { readonly name: string }) {
  const { t } = useLanguage()
  return t(useTitleOf(name))
}

const ROLES = new Set(['role', 'waitsFor', 'approvedRole'])
const ACTS = new Set(['act', 'corrects', 'correctedBy', 'request'])

const STATUS: Readonly<Record<string, { zh: string; en: string }>> = {
  waiting: { zh: '待审批', en: 'waiting' },
  accepted: { zh: '已同意', en: 'accepted' },
  returned: { zh: '已退回', en: 'returned' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  active: { zh: '有效', en: 'in force' },
  trial: { zh: '试算', en: 'trial' },
  preliminary: { zh: '初步', en: 'preliminary' },
  official: { zh: '正式', en: 'official' },
  corrected: { zh: '已更正', en: 'corrected' },
  running: { zh: '等待到期', en: 'running' },
  fired: { zh: '已办', en: 'fired' },
  stopped: { zh: '已停止', en: 'stopped' },
  failed: { zh: '失败', en: 'failed' },
  done: { zh: '已办', en: 'done' },
  retired: { zh: '已注销', en: 'retired' },
  expired: { zh: '已到期', en: 'expired' },
}
export const statusWords = (status: string): { zh: string; en: string } => STATUS[status] ?? { zh: status, en: status }
