// Pages two to four: what changed and why, where the figures come from and how anybody checks them, what was asked and answered.
// Always holds: each fits one sheet; what is left out is counted, and where it can be read is said.

import { Link } from 'wouter'
import type { Grounds, Head } from '../../server/told/index.ts'
import { unitIn } from '../gep/digits.ts'
import { Fitness } from '../gep/why-drawer.tsx'
import { useLanguage } from '../language.tsx'
import { Waiting } from '../states.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { grouped, momentText } from '../words.ts'
import type { Of } from './published.ts'
import { Sheet, short } from './sheet.tsx'

/** Lines that fit on a page beside the rest. */
const MOST = { causes: 12, unconfirmed: 6, questions: 5 }
const MOST_CHARACTERS = 90

export function ChangedPage({ of }: { readonly of: Of }) {
  const { t, lang } = useLanguage()
  const { before } = of
  const asked = useRows(
    'termCauses',
    { input: { account: of.id, against: before?.id }, limit: 1_000 },
    before !== undefined,
  )
  const rows = asked.data?.rows ?? []
  const told = rows.filter((r) => ['total', 'refused', 'base', 'method', 'override'].includes(String(r['kind'])))
  const counted = (['parameter', 'price', 'input'] as const).map(
    (kind) => rows.filter((r) => r['kind'] === kind).length,
  )
  const name = (r: Row): string => (lang === 'zh' ? textOf(r, 'titleZh') : textOf(r, 'titleEn')) ?? ''
  return (
    <Sheet n={2} title={{ zh: '变了什么，为什么', en: 'What changed, and why' }}>
      {!before ? (
        <p>
          {t({
            zh: `${of.year} 年以前没有登记的核算，不能说变了什么。`,
            en: `No account before ${of.year} is registered; nothing can be said of a change.`,
          })}
        </p>
      ) : asked.isPending ? (
        <Waiting />
      ) : (
        <>
          <p>{t({ zh: `与 ${before.year} 年比。`, en: `Against ${before.year}.` })}</p>
          <table className="brief-table">
            <thead>
              <tr>
                <th scope="col">{t({ zh: '项目', en: 'Item' })}</th>
                <th scope="col">{before.year}</th>
                <th scope="col">{of.year}</th>
                <th scope="col">{t({ zh: '影响（元）', en: 'Effect (yuan)' })}</th>
              </tr>
            </thead>
            <tbody>
              {told.slice(0, MOST.causes).map((r, i) => (
                <tr key={i}>
                  <th scope="row">
                    {short(name(r), MOST_CHARACTERS)}
                    {['refused', 'override'].includes(String(r['kind'])) && (
                      <small>
                        {' '}
                        {short((lang === 'zh' ? textOf(r, 'noteZh') : textOf(r, 'noteEn')) ?? '', MOST_CHARACTERS)}
                      </small>
                    )}
                  </th>
                  <td>{grouped(textOf(r, 'opening') ?? '—')}</td>
                  <td>{grouped(textOf(r, 'closing') ?? '—')}</td>
                  <td>{grouped(textOf(r, 'effect') ?? '—')}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p>
            {t({
              zh: `另有参数变动 ${counted[0]} 项、价格变动 ${counted[1]} 项、资料变动 ${counted[2]} 项。`,
              en: `Besides: ${counted[0]} parameters, ${counted[1]} prices and ${counted[2]} inputs changed.`,
            })}{' '}
            {told.length > MOST.causes &&
              t({
                zh: `以上列出前 ${MOST.causes} 项，共 ${told.length} 项。`,
                en: `${MOST.causes} of ${told.length} are listed.`,
              })}
          </p>
          <p className="screen-only">
            <Link href={`/w/gep/compare?a=${before.id}&b=${of.id}`}>
              {t({ zh: '逐项比较', en: 'Compare item by item' })}
            </Link>
          </p>
        </>
      )}
    </Sheet>
  )
}

export function GroundsPage(p: { readonly of: Of; readonly head: Head; readonly grounds: Grounds }) {
  const { t, lang } = useLanguage()
  const { parameters, fallbacks, gaps, sources, facts } = p.grounds
  const open = parameters.filter((x) => !x.confirmed).sort((a, b) => Number(b.touches) - Number(a.touches))
  const confirmed = parameters.length - open.length
  return (
    <Sheet n={3} title={{ zh: '这些数从哪里来', en: 'Where the figures come from' }}>
      <ul>
        <li>
          {t({
            zh: `资料 ${sources.length} 个文件，${facts} 个数；其中替代数据 ${fallbacks.length} 个。`,
            en: `${sources.length} files with ${facts} numbers, ${fallbacks.length} of them fall-backs.`,
          })}
        </li>
        <li>
          {t({
            zh: `参数 ${parameters.length} 个，已确认 ${confirmed} 个，未确认 ${open.length} 个。`,
            en: `${parameters.length} parameters: ${confirmed} confirmed, ${open.length} not.`,
          })}
        </li>
        <li>
          {t({
            zh: `没有算出的项目 ${gaps.length} 个：缺就是缺，没有当作零。`,
            en: `${gaps.length} items were not computed: what is missing is missing, and not zero.`,
          })}
        </li>
        <li>
          {t({
            zh: `检查结果：红 ${p.head.findings.red}，黄 ${p.head.findings.yellow}，未说明 ${p.head.findings.open}。`,
            en: `Checks: ${p.head.findings.red} red, ${p.head.findings.yellow} yellow, ${p.head.findings.open} without a reason.`,
          })}
        </li>
      </ul>
      {open.length > 0 && (
        <>
          <h3>{t({ zh: '未确认、影响最大的参数', en: 'Parameters not confirmed, the weightiest first' })}</h3>
          <ul>
            {open.slice(0, MOST.unconfirmed).map((x) => (
              <li key={`${x.id}${x.key}`}>
                {short(t(x.title), MOST_CHARACTERS)} {x.value} {unitIn(x.unit, lang)}（{t(x.mark)}）
              </li>
            ))}
          </ul>
          {open.length > MOST.unconfirmed && (
            <p>
              {t({
                zh: `其余 ${open.length - MOST.unconfirmed} 个见系统。`,
                en: `${open.length - MOST.unconfirmed} more in the system.`,
              })}
            </p>
          )}
        </>
      )}
      <h3>{t({ zh: '可以用于什么', en: 'What it is fit for' })}</h3>
      <Fitness fits={p.head.fitness.map((f) => ({ ...f, why: [] }))} />
      <h3>{t({ zh: '怎样自己核对', en: 'How to check it yourself' })}</h3>
      <p>
        {t({ zh: '公开页：', en: 'Public page: ' })}
        <a href={`/public/${p.of.publication}`}>
          {globalThis.location.origin}/public/{p.of.publication}
        </a>
      </p>
      <p>
        {t({ zh: '核验页：', en: 'Verifier: ' })}
        <a href="/verify">{globalThis.location.origin}/verify</a>
      </p>
      <p>
        {t({ zh: '核算包编号：', en: 'Package: ' })}
        <code className="code">{p.head.packageId}</code>
      </p>
    </Sheet>
  )
}

interface Answer {
  readonly id: string
  readonly text: string
}

const STATUS: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  open: { zh: '未答复', en: 'not answered' },
  answered: { zh: '已答复', en: 'answered' },
  resolved: { zh: '已办结', en: 'resolved' },
}

export function QuestionsPage({ of }: { readonly of: Of }) {
  const { t } = useLanguage()
  const asked = useRows('comments', { limit: 1_000 })
  const here = (asked.data?.rows ?? []).filter((r) => textOf(r, 'place') === of.place && r['role'] === 'deputy')
  const now = here.filter((r) => String(r['year']) === of.year)
  const earlier = here.filter((r) => String(r['year']) < of.year)
  return (
    <Sheet n={4} title={{ zh: '问过什么，答了什么', en: 'Asked and answered' }}>
      {asked.isPending ? (
        <Waiting />
      ) : (
        <>
          <h3>{t({ zh: `对 ${of.year} 年的提问`, en: `Questions on ${of.year}` })}</h3>
          <Questions rows={now} none={{ zh: '还没有代表提问。', en: 'No deputy has asked yet.' }} />
          <h3>{t({ zh: '跟进：以前年份的提问', en: 'To follow up: questions of earlier years' })}</h3>
          <Questions rows={earlier} none={{ zh: '以前年份没有提问。', en: 'None of earlier years.' }} />
          <p className="brief-lines">{t({ zh: '会上再问：', en: 'To ask in the meeting:' })}</p>
        </>
      )}
    </Sheet>
  )
}

function Questions(p: { readonly rows: readonly Row[]; readonly none: { readonly zh: string; readonly en: string } }) {
  const { t, lang } = useLanguage()
  if (p.rows.length === 0) return <p>{t(p.none)}</p>
  // What waits for an answer first.
  const sorted = [...p.rows].sort((a, b) => RANK.indexOf(String(a['status'])) - RANK.indexOf(String(b['status'])))
  const rest = sorted.length - MOST.questions
  return (
    <>
      <ol className="brief-questions">
        {sorted.slice(0, MOST.questions).map((r) => {
          const answers = (r['answers'] ?? []) as readonly Answer[]
          const status = STATUS[textOf(r, 'status') ?? 'open']!
          return (
            <li key={textOf(r, 'id')}>
              <strong>{short(textOf(r, 'text') ?? '', MOST_CHARACTERS)}</strong>
              <small>
                {' '}
                {(lang === 'zh' ? textOf(r, 'titleZh') : textOf(r, 'titleEn')) ?? ''}{' '}
                <code className="code">{textOf(r, 'code')}</code> · {momentText(textOf(r, 'recorded')).slice(0, 10)}
              </small>
              <br />
              {answers.length === 0 ? (
                <span className="bad">✗ {t(status)}</span>
              ) : (
                <>
                  {t({ zh: '答：', en: 'Answer: ' })}
                  {short(answers.at(-1)!.text, MOST_CHARACTERS)}（{t(status)}）
                </>
              )}
            </li>
          )
        })}
      </ol>
      {rest > 0 && <p>{t({ zh: `其余 ${rest} 条见系统。`, en: `${rest} more in the system.` })}</p>}
    </>
  )
}

const RANK = ['open', 'answered', 'resolved']
