// Why a posting is there: the amount, both accounts with the balance after it, the serials; the act with its command, clause,
// dates and person; who approved it, on paper or not; what was filled in; how amounts came about; what it corrects and what
// corrected it. Serves "every amount can be asked for its reason".
// Always holds: the balance of an account is shown to those only who may see that account.

import { field, form, type Json, type JsonObject, type Lang, type Text, type Uuid } from '../../../kernel/index.ts'
import {
  held,
  postingsOfAct,
  purposeText,
  scaled,
  serialText,
  type Balance,
  type Lot,
  type Posting,
} from '../../ledger/index.ts'
import { list, sql, type Reader } from '../../store/index.ts'
import { query } from '../ask.ts'
import { contentOf, effectsOf } from '../content.ts'
import type { AnyCommand, AnyQuery, Scope } from '../model.ts'
import type { RequestRow } from '../schema.ts'
import { stepsTaken } from './act-parts.ts'
import type { Directory } from './directory.ts'
import { filled, maybe, personFields, said } from './fields.ts'
import { accountInReach, postingInReach } from './reach.ts'
import { formOf, saidInput } from './said-input.ts'

const list_ = <F extends Parameters<typeof field.group>[0]>(zh: string, en: string, fields: F) =>
  field.list(field.group(fields, { title: { zh, en } }), { title: { zh, en } })

const side = {
  owner: said('户主', 'owner'),
  ownerId: said('户主编号', 'id of the owner'),
  purpose: said('用途', 'purpose'),
  purposeEn: said('用途（英）', 'purpose in English'),
  after: maybe('此后余额', 'balance after'),
}

const other = {
  act: said('行为', 'act'),
  kind: said('类别', 'kind'),
  recorded: said('记录时间', 'recorded'),
  reason: maybe('理由', 'reason'),
}

/** Of an act that explains itself. */
export const explainedFields = {
  act: said('行为编号', 'act'),
  kind: said('行为', 'kind'),
  command: said('业务', 'command'),
  zh: said('业务名称', 'title in Chinese'),
  en: said('业务名称（英）', 'title'),
  clause: maybe('依据条款', 'clause'),
  legalDate: said('法定日期', 'legal date'),
  recorded: said('记录时间', 'recorded'),
  place: maybe('地区', 'place'),
  placeName: maybe('地区名称', 'name of the place'),
  role: said('角色', 'role'),
  ...personFields,
  standInFor: maybe('代办', 'in place of'),
  request: maybe('申请编号', 'request'),
  requester: field.optional(
    field.group(
      { role: said('角色', 'role'), ...personFields, recorded: said('提交时间', 'submitted') },
      { title: { zh: '申请人', en: 'requester' } },
    ),
  ),
  leaf: said('日志序号', 'leaf'),
  postings: list_('分录', 'postings', {
    id: said('分录编号', 'posting'),
    kind: said('类别', 'kind'),
    asset: said('资产', 'asset'),
    zh: said('资产名称', 'asset in Chinese'),
    en: said('资产名称（英）', 'asset in English'),
    amount: said('数量', 'amount'),
    unit: said('单位', 'unit'),
    effective: said('法定日期', 'legal date'),
    from: field.group(side, { title: { zh: '付方', en: 'from' } }),
    to: field.group(side, { title: { zh: '收方', en: 'to' } }),
    serials: field.list(said('编号段', 'serials'), { title: { zh: '编号段', en: 'serials' } }),
    whyZh: maybe('摘要', 'why in Chinese'),
    whyEn: maybe('摘要（英）', 'why'),
    reverses: maybe('冲回分录', 'takes back'),
  }),
  steps: list_('审批', 'approval', {
    step: said('步骤', 'step'),
    zh: said('名称', 'title in Chinese'),
    en: said('名称（英）', 'title'),
    role: said('角色', 'role'),
    ...personFields,
    standInFor: maybe('代办', 'in place of'),
    recorded: said('记录时间', 'recorded'),
    paperSigner: maybe('纸质签批人', 'signed on paper by'),
    paperDate: maybe('签批日期', 'signed on'),
    paperScan: maybe('扫描件', 'scan'),
    enteredByRequester: maybe('申请人本人录入', 'entered by the requester'),
  }),
  input: list_('填报内容', 'what was filled in', {
    path: said('字段', 'field'),
    zh: said('名称', 'title in Chinese'),
    en: said('名称（英）', 'title'),
    value: said('内容', 'value'),
    valueEn: maybe('内容（英）', 'value in English'),
  }),
  reasons: list_('数额的理由', 'reasons of amounts', {
    about: said('关于', 'about'),
    aboutEn: said('关于（英）', 'about in English'),
    name: said('项目', 'name'),
    nameEn: said('项目（英）', 'name in English'),
    value: said('内容', 'value'),
  }),
  corrects: field.optional(field.group(other, { title: { zh: '更正', en: 'corrects' } })),
  correctedBy: field.optional(field.group(other, { title: { zh: '被更正', en: 'corrected by' } })),
}

const id = (zh: string, en: string) =>
  field.optional(field.id({ title: { zh, en }, example: '0190a5b4-0000-7000-8000-0000000000f1' }))

export const whyPosting = (find: (name: string) => AnyCommand | undefined, directory: Directory): AnyQuery =>
  query({
    name: 'whyPosting',
    title: { zh: '分录的理由', en: 'why a posting is there' },
    groups: ['ledger', 'holdings'],
    input: form({ posting: id('分录编号', 'posting'), act: id('行为编号', 'act') }),
    row: form(explainedFields),
    run: async (reader, { posting, act }, scope) => {
      const open = await inReach(reader, scope, posting, act)
      const first = open[0]
      return first ? [await explainedAct({ find, directory }, reader, scope, first.act, open)] : []
    },
  })

export interface Explaining {
  readonly find: (name: string) => AnyCommand | undefined
  readonly directory: Directory
}

/** An act with those of its postings that are open to the reader. */
export async function explainedAct(
  { find, directory }: Explaining,
  reader: Reader,
  scope: Scope,
  act: Uuid,
  open: readonly InReach[],
): Promise<JsonObject> {
  const found = (
    await reader.query<ActFound>(
      sql`select a.content, a.effects, l.leaf_index::text as leaf, c.id::text as corrected_by from act a
          join log_leaf l on l.act = a.id left join act c on c.corrects = a.id where a.id = ${act}`,
    )
  )[0]!
  const shown = new Map(open.map((o) => [o.id, o]))
  const all = open.length === 0 ? [] : (await postingsOfAct(reader, act)).filter((p) => shown.has(p.id))
  return explained(reader, scope, directory, find, found, await saidPostings(reader, directory, all, shown))
}

export interface InReach {
  readonly id: Uuid
  readonly act: Uuid
  /** Whether the accounts themselves are within reach. */
  readonly d: boolean
  readonly c: boolean
}

export const inReach = (
  reader: Reader,
  scope: Scope,
  posting: Uuid | undefined,
  act: Uuid | undefined,
): Promise<readonly InReach[]> =>
  posting === undefined && act === undefined
    ? Promise.resolve([])
    : reader.query<InReach>(
        sql`select p.id, p.act, ${accountInReach(scope, sql`d.id`, sql`d.owner`)} as d,
              ${accountInReach(scope, sql`c.id`, sql`c.owner`)} as c
            from posting p join act a on a.id = p.act join account d on d.id = p.debit_account_id
              join account c on c.id = p.credit_account_id
            where (${posting ?? null}::uuid is null or p.id = ${posting ?? null}::uuid)
              and (${act ?? null}::uuid is null or p.act = ${act ?? null}::uuid)
              and ${postingInReach(scope, sql`a.place`)} order by p.ordinal`,
      )

interface ActFound {
  readonly content: string
  readonly effects: string
  readonly leaf: string
  readonly corrected_by: string | null
}

async function saidPostings(
  reader: Reader,
  directory: Directory,
  postings: readonly Posting[],
  open: ReadonlyMap<string, InReach>,
): Promise<readonly Json[]> {
  const accounts = await reader.query<{ id: string; owner: string; purpose: string }>(
    sql`select id::text as id, owner, purpose from account
        where id = any(${list('uuid', [...new Set(postings.flatMap((p) => [p.debit, p.credit]))])})`,
  )
  const assets = await reader.query<{ code: string; unit: string; scale: number; zh: string; en: string }>(
    sql`select code, unit, scale, title_zh as zh, title_en as en from asset
        where code = any(${list('text', [...new Set(postings.map((p) => p.asset))])})`,
  )
  const lots = await reader.query<{ id: string; prefix: string; size: bigint }>(
    sql`select id::text as id, prefix, size from lot
        where id = any(${list('uuid', [...new Set(postings.flatMap((p) => p.picks.map((r) => r.lot)))])})`,
  )
  const names = await directory.owners(reader, [...new Set(accounts.map((a) => a.owner))])
  return postings.map((p) => {
    const asset = assets.find((a) => a.code === p.asset)!
    const sideOf = (account: string, after: Balance, mayKnow: boolean): Json => {
      const { owner, purpose } = accounts.find((a) => a.id === account)!
      return filled({
        owner: names.get(owner) ?? owner,
        ownerId: owner,
        purpose: purposeText(purpose).zh,
        purposeEn: purposeText(purpose).en,
        after: mayKnow ? scaled(held(after), asset.scale) : undefined,
      })
    }
    const lotOf = (lot: string): Pick<Lot, 'prefix' | 'size'> => lots.find((l) => l.id === lot)!
    const reach = open.get(p.id)!
    return filled({
      id: p.id,
      kind: p.kind,
      asset: p.asset,
      zh: asset.zh,
      en: asset.en,
      amount: scaled(p.amount, asset.scale),
      unit: asset.unit,
      effective: p.effective,
      from: sideOf(p.debit, p.debitAfter, reach.d),
      to: sideOf(p.credit, p.creditAfter, reach.c),
      serials: p.picks.map((r) => serialText(lotOf(r.lot), r)),
      whyZh: p.why?.zh,
      whyEn: p.why?.en,
      reverses: p.reverses,
    })
  })
}

async function explained(
  reader: Reader,
  scope: Scope,
  directory: Directory,
  find: (name: string) => AnyCommand | undefined,
  found: ActFound,
  postings: readonly Json[],
): Promise<JsonObject> {
  const c = contentOf(found.content)
  const command = find(c.command)
  const inputForm = command && formOf(command, c.version)
  const input = inputForm ? await saidInput(reader, inputForm, c.input as JsonObject, scope.grade, directory) : []
  const titles = new Map(input.map((f): [string, Text] => [f.path, { zh: f.zh, en: f.en }]))
  const request =
    c.request === undefined
      ? undefined
      : (
          await reader.query<RequestRow & { readonly recorded: string }>(
            sql`select r.*, a.recorded_at as recorded from request r join act a on a.id = r.id where r.id = ${c.request}`,
          )
        )[0]
  const people = await directory.people(reader, [c.actor.person, ...(request ? [request.person] : [])])
  const places = await directory.owners(reader, c.place === undefined ? [] : [c.place])
  return filled({
    act: c.id,
    kind: c.kind,
    command: c.command,
    zh: command?.title.zh ?? c.command,
    en: command?.title.en ?? c.command,
    clause: c.clause,
    legalDate: c.legalDate,
    recorded: c.recorded,
    place: c.place,
    placeName: c.place === undefined ? undefined : places.get(c.place),
    role: c.actor.role,
    person: c.actor.person,
    ...people.get(c.actor.person),
    standInFor: c.actor.standInFor,
    request: c.request,
    requester:
      request &&
      filled({
        role: request.role,
        person: request.person,
        ...people.get(request.person),
        recorded: request.recorded,
      }),
    leaf: found.leaf,
    postings,
    steps: request ? (await stepsTaken(reader, request, directory)).map((s) => filled({ ...s })) : [],
    input: input.map((f) => ({ ...f })),
    reasons: saidReasons(effectsOf(found.effects).reasons ?? {}, titles),
    corrects: c.corrects === undefined ? undefined : await saidOther(reader, c.corrects, c.input),
    correctedBy: found.corrected_by === null ? undefined : await saidOther(reader, found.corrected_by),
  })
}

/** Numbers, names and what lies deeper, one line each. */
function saidReasons(reasons: Readonly<Record<string, Json>>, titles: ReadonlyMap<string, Text>): readonly Json[] {
  const lines = (about: Text, name: readonly Text[], value: Json): readonly Json[] => {
    if (value === null) return []
    if (typeof value !== 'object') {
      const joined = (lang: Lang): string => name.map((part) => part[lang]).join(' · ')
      return [{ about: about.zh, aboutEn: about.en, name: joined('zh'), nameEn: joined('en'), value: String(value) }]
    }
    const parts = Object.entries(value as Readonly<Record<string, Json>>)
    return parts.flatMap(([key, part]) => lines(about, [...name, titles.get(key) ?? WORDS[key] ?? both(key)], part))
  }
  return Object.entries(reasons).flatMap(([about, value]) => lines(aboutText(about), [], value))
}

const both = (word: string): Text => ({ zh: word, en: word })
/** What reasons are about and hold beside the fields of their command. */
const WORDS: Readonly<Record<string, Text>> = {
  clause: { zh: '条款', en: 'clause' },
  account: { zh: '核算', en: 'account' },
  override: { zh: '参数改动', en: 'change of a parameter' },
  publication: { zh: '公布', en: 'publication' },
  package: { zh: '核算包校验值', en: 'hash of the package' },
  packageId: { zh: '核算包编号', en: 'id of the package' },
  engine: { zh: '引擎版本', en: 'engine' },
}
/** `posting:0` is the first of them. */
function aboutText(about: string): Text {
  const [, ordinal] = /^posting:(\d+)$/.exec(about) ?? []
  if (ordinal !== undefined) return { zh: `分录 ${Number(ordinal) + 1}`, en: `posting ${Number(ordinal) + 1}` }
  return WORDS[about] ?? both(about)
}

async function saidOther(reader: Reader, act: string, correction?: Json): Promise<Json> {
  const a = (
    await reader.query<{ kind: string; content: string }>(sql`select kind, content from act where id = ${act}`)
  )[0]!
  const c = contentOf(a.content)
  const said = (correction ?? c.input) as { readonly reason?: unknown }
  return filled({
    act,
    kind: a.kind,
    recorded: c.recorded,
    reason: typeof said.reason === 'string' ? said.reason : undefined,
  })
}
