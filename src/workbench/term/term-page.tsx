// 任期对比: a place at the opening and at the closing of a term of office — every figure with its change, what caused it, what was done
// on the accounts meanwhile, and the way to an offline copy. Serves auditors; each table is saved whole, the page prints on A4.

import { Button } from 'antd'
import type { Text } from '../../kernel/index.ts'
import { address } from '../api/call.ts'
import { useMenu } from '../api/menu.ts'
import { useNameOf } from '../api/names.ts'
import { useSession } from '../api/session.tsx'
import { Page, Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { statusWords } from '../table/cell.tsx'
import { QueryTable } from '../table/query-table.tsx'
import { momentText } from '../words.ts'
import { Choice, useTerm, type Term } from './choice.tsx'
import type { YearOf } from './places.ts'

const TITLE: Text = { zh: '任期对比', en: 'A term of office' }
const FIGURES: Text = { zh: '期初期末的数', en: 'Figures at opening and closing' }
const CAUSES: Text = { zh: '变动的原因', en: 'Causes of the change' }
const CHANGES: Text = { zh: '改动记录', en: 'What was done on the accounts' }
/** Rows on one page of a table: what weighs most stands first; whoever wants all on paper chooses more. */
const PAPER_ROWS = 50

export function TermPage() {
  const { t } = useLanguage()
  const { asked, places, term, words, choose } = useTerm()
  return (
    <Page
      title={TITLE}
      about={{
        zh: '选一个地区和两个年份：每个数期初期末各是多少，为什么变，这期间谁改过什么。',
        en: 'Choose a place and two years: what every figure was and is, why it changed, and who changed what meanwhile.',
      }}
      actions={<Button onClick={() => globalThis.print()}>{t({ zh: '打印', en: 'Print' })}</Button>}
    >
      {asked.isPending ? (
        <Waiting />
      ) : asked.isError ? (
        <Failed error={asked.error} again={() => void asked.refetch()} />
      ) : term === undefined ? (
        <Nothing what={{ zh: '您的地区还没有登记过核算。', en: 'No account of your places is registered yet.' }} />
      ) : (
        <>
          <Choice term={term} places={places} choose={choose} />
          <Compared
            term={term}
            from={words.get('from') ?? `${term.opening.year}-01-01`}
            to={words.get('to') ?? ''}
            choose={choose}
          />
        </>
      )}
    </Page>
  )
}

function Compared(p: {
  readonly term: Term
  readonly from: string
  readonly to: string
  readonly choose: (name: string, to: string) => void
}) {
  const { t, lang } = useLanguage()
  const { mayAsk } = useMenu()
  const { place, opening, closing } = p.term
  const name = useNameOf('region', place) ?? place
  const pair = { account: closing.id, against: opening.id }
  const other = lang === 'zh' ? 'En' : 'Zh'
  const until = p.to === '' ? momentText(new Date().toISOString()).slice(0, 10) : p.to
  const log = mayAsk('termChanges')
  return (
    <>
      <p className="term-head">
        <strong>
          {name} {place}
        </strong>{' '}
        · {t({ zh: '期初', en: 'opening' })} {sideText(opening, t)} · {t({ zh: '期末', en: 'closing' })}{' '}
        {sideText(closing, t)}
      </p>
      {opening.id === closing.id ? (
        <Nothing
          what={{
            zh: '这个地区只有这一个年份的核算，还不能对比。',
            en: 'There is one year of this place only; nothing to compare yet.',
          }}
        />
      ) : (
        <>
          <Part title={FIGURES}>
            <QueryTable
              query="termFigures"
              title={FIGURES}
              input={pair}
              choices={{ basis: BASES }}
              hidden={[`title${other}`, 'key']}
              rows={PAPER_ROWS}
            />
            <p className="hint">
              {t({
                zh: '实物量保留六位小数，核算包里有全部位数；单位不同的数不相减。',
                en: 'Quantities show six decimals, the packages hold all; figures in different units are not subtracted.',
              })}
            </p>
          </Part>
          <Part title={CAUSES}>
            <QueryTable
              query="termCauses"
              title={CAUSES}
              input={pair}
              choices={{ kind: KINDS }}
              hidden={[`title${other}`, `note${other}`]}
              rows={PAPER_ROWS}
              empty={{ zh: '两份核算逐位相同。', en: 'The two accounts are the same, digit by digit.' }}
            />
          </Part>
        </>
      )}
      {log && (
        <Part title={CHANGES}>
          <div className="search-form tools">
            <label className="inline-label">
              {t({ zh: '从', en: 'From' })}{' '}
              <input className="native" type="date" value={p.from} onChange={(e) => p.choose('from', e.target.value)} />
            </label>
            <label className="inline-label">
              {t({ zh: '到', en: 'To' })}{' '}
              <input className="native" type="date" value={until} onChange={(e) => p.choose('to', e.target.value)} />
            </label>
          </div>
          <QueryTable
            key={`${p.from} ${until}`}
            query="termChanges"
            title={CHANGES}
            input={{ place, from: p.from, to: until }}
            hidden={['legalDate', 'request', 'corrects']}
            struck={(row) => row['correctedBy'] !== undefined}
            rows={PAPER_ROWS}
            empty={{ zh: '这段时间没有改动。', en: 'Nothing was done in these days.' }}
          />
          <p className="hint">
            {t({
              zh: `法定日期 ${p.from} 至 ${until}；划线的已被更正，更正另列一行。`,
              en: `Legal dates ${p.from} to ${until}; what is struck through was corrected, the correction is a row of its own.`,
            })}
          </p>
        </Part>
      )}
      <Offline term={p.term} from={p.from} to={until} />
    </>
  )
}

const BASES: Readonly<Record<string, Text>> = {
  constant: { zh: '不变价', en: 'constant prices' },
  current: { zh: '现价', en: 'current prices' },
}
const KINDS: Readonly<Record<string, Text>> = {
  total: { zh: '总值的变动', en: 'change of the total' },
  refused: { zh: '不能直接比较', en: 'not comparable as it stands' },
  base: { zh: '口径和基年', en: 'basis and price year' },
  method: { zh: '方法', en: 'method' },
  override: { zh: '参数改动', en: 'changed parameter' },
  parameter: { zh: '参数', en: 'parameter' },
  price: { zh: '价格', en: 'price' },
  input: { zh: '资料', en: 'input' },
}

const sideText = (y: YearOf, t: (text: Text) => string): string =>
  `${y.year}（${y.number}，${t({ zh: '版本', en: 'version' })} ${y.version}，${t(statusWords(y.status))}）`

/** What an auditor takes along: the packages to run again, the verifier, a copy for a machine without network. */
function Offline({ term, from, to }: { readonly term: Term; readonly from: string; readonly to: string }) {
  const { t } = useLanguage()
  const { me, role } = useSession()
  const { mayAsk } = useMenu()
  return (
    <Part title={{ zh: '离线副本与核验', en: 'Offline copy and verifier' }}>
      <ul>
        {mayAsk('documents') &&
          [...new Map([term.opening, term.closing].map((y) => [y.id, y])).values()].map((y) => (
            <li key={y.id}>
              <a
                href={address(`/api/v1/files/${y.package}`, { _role: role?.role })}
                download={`account-${y.place}-${y.year}.zip`}
              >
                {t({ zh: `${y.year} 年核算包`, en: `Package of ${y.year}` })}
              </a>{' '}
              <code className="code">SHA-256 {y.package}</code> <br />
              {t({ zh: '复算', en: 'Run again' })} <code className="code">qingshan account verify account.zip</code>
            </li>
          ))}
        <li>
          <a href="/verify">{t({ zh: '核验页：不登录、可离线', en: 'Verifier: without signing in, also offline' })}</a>
        </li>
        <li>
          {t({ zh: '审计副本（在服务器上执行）', en: 'Audit copy, run on the server' })}{' '}
          <code className="code">
            qingshan audit copy 副本 --region {term.place} --from {from} --to {to} --as {me.person.login}
          </code>
        </li>
      </ul>
    </Part>
  )
}
