// The tree on the left: fixed pages first, then what the role may run and ask, under words a clerk knows. What a page of
// its own offers better (approving, correcting, one's password) is not listed a second time.

import type { Text } from '../../kernel/index.ts'
import { kebab, type MenuState } from '../api/menu.ts'
import { CERTIFICATE_ELSEWHERE, CERTIFICATE_MENU } from '../certificates/pages.ts'
import { GEP_ELSEWHERE, GEP_MENU } from '../gep/pages.ts'
import { NOTICE_ELSEWHERE, NOTICE_MENU } from '../notices/pages.ts'
import { PARTY_ELSEWHERE, PARTY_MENU } from '../parties/pages.ts'

export interface MenuEntry {
  readonly title: Text
  readonly to: string
  /** One of these queries or commands must be the role's; none named: for everybody. */
  readonly needs?: readonly string[]
}

export interface MenuGroup {
  readonly title: Text
  readonly entries: readonly MenuEntry[]
}

const DESK: readonly MenuEntry[] = [
  { title: { zh: '首页', en: 'First screen' }, to: '/w' },
  { title: { zh: '待办已办', en: 'To do and done' }, to: '/w/inbox' },
]

const LAND: readonly MenuEntry[] = [
  { title: { zh: '空间单元', en: 'Spatial units' }, to: '/w/units', needs: ['units'] },
]

const RECORDS: readonly MenuEntry[] = [
  { title: { zh: '账户明细与持有', en: 'Statements and holdings' }, to: '/w/ledger', needs: ['statement', 'holdings'] },
]

/** Bringing a file in has a page of its own, where it is looked at first. */
const isImport = (command: string): boolean => /^import[A-Z]/.test(command)
const IMPORTS: MenuEntry = { title: { zh: '批量导入', en: 'Bring rows in' }, to: '/w/imports' }

const DIRECTORY: readonly MenuEntry[] = [
  { title: { zh: '人员与角色', en: 'People and roles' }, to: '/w/people', needs: ['people'] },
  { title: { zh: '单位', en: 'Organisations' }, to: '/w/organisations', needs: ['organisations'] },
  { title: { zh: '行政区划', en: 'Regions' }, to: '/w/regions', needs: ['regions'] },
]

const GROUNDS: readonly MenuEntry[] = [
  { title: { zh: '参数与规则', en: 'Parameters and rules' }, to: '/w/rules' },
  { title: { zh: '条款对照', en: 'Clause map' }, to: '/w/clauses' },
]

const SYSTEM: readonly MenuEntry[] = [
  { title: { zh: '系统体检', en: 'Health of the system' }, to: '/w/doctor', needs: ['people', 'signInEvents'] },
]

/** Offered where the thing itself is shown. */
const COMMANDS_ELSEWHERE = new Set([
  'approve',
  'approveOnPaper',
  'returnRequest',
  'withdrawRequest',
  'remind',
  'correctAct',
  'changePassword',
  'resetPassword',
  'setTotp',
  'saveDraft',
  'dropDraft',
  'closeNotice',
  'repairUnit',
  'trimUnit',
  ...NOTICE_ELSEWHERE,
  ...CERTIFICATE_ELSEWHERE,
  ...PARTY_ELSEWHERE,
  'handOverInput',
  ...GEP_ELSEWHERE,
])
const QUERIES_ELSEWHERE = new Set([
  'inbox',
  'doneByMe',
  'requestSheet',
  'requestFiles',
  'heldLots',
  'lookUpRight',
  'actContent',
  'whyAct',
  'whyPosting',
  'history',
  'holdings',
  'statement',
  'people',
  'organisations',
  'regions',
  'drafts',
  'parameters',
  'overridesInForce',
  'grants',
  'units',
  'unitsInWindow',
  'unitHistory',
  'unitRepair',
  'unitNeighbours',
  'measureShape',
  'unitsAnnounced',
  'accountReminder',
  'owedTables',
  'termFigures',
  'termCauses',
  'termChanges',
  ...NOTICE_ELSEWHERE,
  ...CERTIFICATE_ELSEWHERE,
  ...PARTY_ELSEWHERE,
  ...GEP_ELSEWHERE,
])

const OTHER: Text = { zh: '其他', en: 'other matters' }
const doWords = ({ zh, en }: Text): Text => ({ zh: `办理：${zh}`, en: `Do: ${en}` })

export function menuTree({ menu, mayAsk, mayRun }: MenuState): readonly MenuGroup[] {
  const may = (entries: readonly MenuEntry[]): readonly MenuEntry[] =>
    entries.filter((e) => !e.needs || e.needs.some((n) => mayAsk(n) || mayRun(n)))
  const doing = new Map<string, { title: Text; entries: MenuEntry[] }>()
  for (const command of menu.commands) {
    if (COMMANDS_ELSEWHERE.has(command.name) || isImport(command.name)) continue
    const title = doWords(command.groupTitle ?? OTHER)
    const group = doing.get(title.zh) ?? { title, entries: [] }
    group.entries.push({ title: command.title, to: `/w/do/${kebab(command.name)}` })
    doing.set(title.zh, group)
  }
  const asking = menu.queries
    .filter((q) => !QUERIES_ELSEWHERE.has(q.name))
    .map((q): MenuEntry => ({ title: q.title, to: `/w/ask/${kebab(q.name)}` }))
  return [
    {
      title: { zh: '工作台', en: 'Desk' },
      entries: [...DESK, ...(menu.commands.some((c) => isImport(c.name)) ? [IMPORTS] : [])],
    },
    { title: { zh: '生态产品总值核算', en: 'GEP account' }, entries: may(GEP_MENU) },
    { title: { zh: '地块与图', en: 'Land and maps' }, entries: may(LAND) },
    {
      title: { zh: '公示与证书', en: 'Notices and certificates' },
      entries: may([...NOTICE_MENU, ...CERTIFICATE_MENU]),
    },
    { title: { zh: '当事人与文书', en: 'Parties and papers' }, entries: may(PARTY_MENU) },
    ...doing.values(),
    { title: { zh: '查询', en: 'Ask' }, entries: [...may(RECORDS), ...asking] },
    { title: { zh: '人员、单位、区划', en: 'People, organisations, regions' }, entries: may(DIRECTORY) },
    { title: { zh: '规则与依据', en: 'Rules and grounds' }, entries: GROUNDS },
    { title: { zh: '系统', en: 'System' }, entries: may(SYSTEM) },
  ].filter((g) => g.entries.length > 0)
}
