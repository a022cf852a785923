// One value in a table, by its kind: amounts to the right in threes, moments in the time of Beijing, ids short with the
// whole at hand, choices in words, a masked value as what it is.

import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { MASK } from '../../kernel/index.ts'
import { useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import { levelOf, useNameOf, type Named } from '../api/names.ts'
import { useTitleOf } from '../api/titles.ts'
import { useRoleTitle } from '../api/role-title.ts'
import { useLanguage } from '../language.tsx'
import { grouped, isUuid, momentText, shortId } from '../words.ts'
import { OpenFile } from './open-file.tsx'
import { cellText, type Cell, type ChoiceTitles, type Column } from './rows.ts'

const NUMBERS = new Set(['amount', 'quantity', 'money', 'integer'])
const AMOUNT_NAMES =
  /^(amount|amountKg|held|available|reserved|in|out|balance|debits|credits|pendingDebits|pendingCredits|leaf|value|opening|closing|change|percent|effect)$/
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
  if ((ACTS.has(column.name) || column.kind === 'act-id') && isUuid(text))
    return (
      <Link href={`/w/acts/${text}`} title={text}>
        {shortId(text)}
      </Link>
    )
  if (text === me.person.id) return t({ zh: '本人', en: 'myself' })
  if (column.kind === 'file-hash' && DOCUMENTS.has(column.name)) return <Document hash={text} />
  const named = namedAs(column, text)
  if (named) return <Name kind={named} id={text} />
  if (isUuid(text) || column.kind === 'file-hash')
    return (
      <code className="code" title={text}>
        {shortId(text)}
      </code>
    )
  return text
}

const NAMES: Readonly<Record<string, Named>> = {
  place: 'region',
  region: 'region',
  parent: 'region',
  successor: 'region',
  firm: 'organisation',
  organisation: 'organisation',
  owner: 'organisation',
  person: 'person',
  standInFor: 'person',
  requester: 'person',
}

/** Columns that hold a login name, as accounts and changes tell who did what. */
const LOGINS = new Set(['registeredBy', 'preliminaryBy', 'officialBy', 'proposedBy', 'approvedBy', 'resolvedBy', 'by'])

/** What kind of thing an id or a code stands for, by its column; a code of something else stays as it is. */
function namedAs({ name, kind }: Column, text: string): Named | undefined {
  if (LOGINS.has(name)) return 'person'
  const of = kind === 'region' || kind === 'organisation' || kind === 'person' ? kind : NAMES[name]
  if (of === 'region') return name !== 'code' && levelOf(text) !== undefined ? 'region' : undefined
  return isUuid(text) ? of : undefined
}

/** What it is called, with the code at hand. */
export function Name({ kind, id }: { readonly kind: Named; readonly id: string }) {
  const name = useNameOf(kind, id)
  if (name === undefined)
    return (
      <span className={isUuid(id) ? 'code' : ''} title={id}>
        {isUuid(id) ? shortId(id) : id}
      </span>
    )
  return <span title={id}>{kind === 'region' ? `${name} ${id}` : name}</span>
}

/** Columns whose hash is that of an attached document; a scan of a sheet has a page of its own. */
const DOCUMENTS = new Set(['document', 'hash'])

/** To open or to save, for whoever may look up documents. */
function Document({ hash }: { readonly hash: string }) {
  const { mayAsk } = useMenu()
  if (mayAsk('documents')) return <OpenFile hash={hash} />
  return (
    <code className="code" title={hash}>
      {shortId(hash)}
    </code>
  )
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
  issued: { zh: '有效', en: 'in force' },
  'in-force': { zh: '有效', en: 'in force' },
  replaced: { zh: '已被取代', en: 'replaced' },
  published: { zh: '已公布', en: 'published' },
  open: { zh: '未办结', en: 'open' },
  resolved: { zh: '已办结', en: 'resolved' },
  retired: { zh: '已注销', en: 'retired' },
  expired: { zh: '已到期', en: 'expired' },
}
export const statusWords = (status: string): { zh: string; en: string } => STATUS[status] ?? { zh: status, en: status }
