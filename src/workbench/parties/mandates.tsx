// Who acts for whom, on paper or by account, in what, until when; a mandate is given and ended in place.

import { useId, useState } from 'react'
import type { Text } from '../../kernel/index.ts'
import { address } from '../api/call.ts'
import { useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import { Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { today } from '../land/units.ts'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { Name } from '../table/cell.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { FindParty } from './find.tsx'
import { Folded } from './folded.tsx'
import { PartyForm } from './party-form.tsx'
import { PartyName } from './party-name.tsx'
import { calledIn } from './words.ts'

const MATTERS: Readonly<Record<string, Text>> = {
  all: { zh: '全部事项', en: 'all matters' },
  object: { zh: '提出异议', en: 'objecting to notices' },
  sign: { zh: '签订合同', en: 'signing contracts' },
  receive: { zh: '领取款项', en: 'receiving payments' },
}

export function Mandates({ id }: { readonly id: string }) {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  const given = useRows('mandates', { input: { principal: id }, limit: 200 })
  const held = useRows('mandates', { input: { agent: id }, limit: 200 })
  if (given.isPending || held.isPending) return <Waiting />
  if (given.isError) return <Failed error={given.error} again={() => void given.refetch()} />
  const rows = [...given.data.rows, ...(held.data?.rows ?? [])]
  return (
    <Part title={{ zh: '委托代理', en: 'Mandates' }}>
      {rows.length === 0 ? (
        <Nothing what={{ zh: '没有委托，也不代理别人。', en: 'There is no mandate, given or held.' }} />
      ) : (
        <div
          className="table-box"
          role="region"
          aria-label={t({ zh: '委托清单', en: 'List of mandates' })}
          tabIndex={0}
        >
          <table className="rows-table">
            <thead>
              <tr>
                {HEADS.map((h) => (
                  <th key={h.zh} scope="col">
                    {t(h)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Line key={textOf(row, 'mandate')} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {mayRun('endMandate') && rows.filter(isOpen).map((row) => <End key={textOf(row, 'mandate')} row={row} />)}
      {mayRun('giveMandate') && (
        <Folded title={{ zh: '登记委托', en: 'Record a mandate' }}>
          {(shut) => <Give principal={id} done={shut} />}
        </Folded>
      )}
    </Part>
  )
}

const HEADS: readonly Text[] = [
  { zh: '委托人', en: 'Principal' },
  { zh: '代理人', en: 'Agent' },
  { zh: '事项', en: 'Matter' },
  { zh: '起止', en: 'From and to' },
  { zh: '依据', en: 'Ground' },
  { zh: '现在', en: 'Now' },
]

/** Ended before its time, or past it. */
const isOpen = (row: Row): boolean =>
  textOf(row, 'ended') === undefined && (textOf(row, 'to') ?? '9999-12-31') >= today()

function Line({ row }: { readonly row: Row }) {
  const { t } = useLanguage()
  const { role } = useSession()
  const { mayAsk } = useMenu()
  const [agent, account, paper, matter] = ['agent', 'account', 'paper', 'matter'].map((name) => textOf(row, name))
  const end = textOf(row, 'ended') ?? textOf(row, 'to')
  const from = textOf(row, 'from') ?? ''
  return (
    <tr {...(isOpen(row) ? {} : { className: 'struck' })}>
      <td>
        <PartyName id={textOf(row, 'principal') ?? ''} />
      </td>
      <td>
        {agent !== undefined && <PartyName id={agent} />}
        {account !== undefined && (
          <>
            <Name kind="person" id={account} /> {t({ zh: '（账号）', en: '(account)' })}
          </>
        )}
      </td>
      <td>{t(MATTERS[matter ?? ''] ?? { zh: matter ?? '', en: matter ?? '' })}</td>
      <td>
        {from} — {end ?? t({ zh: '未定', en: 'open' })}
      </td>
      <td className="long">
        {textOf(row, 'basis')}{' '}
        {paper !== undefined &&
          (mayAsk('documents') ? (
            <a href={address(`/api/v1/files/${paper}`, { _role: role?.role })} target="_blank" rel="noreferrer">
              {t({ zh: '委托书', en: 'the paper' })}
            </a>
          ) : (
            t({ zh: '纸质委托', en: 'on paper' })
          ))}
      </td>
      <td>
        {isOpen(row)
          ? from > today()
            ? t({ zh: '未生效', en: 'not yet' })
            : `✓ ${t({ zh: '有效', en: 'in force' })}`
          : t({ zh: '已终止', en: 'ended' })}
      </td>
    </tr>
  )
}

function End({ row }: { readonly row: Row }) {
  const matter = MATTERS[textOf(row, 'matter') ?? '']
  const from = textOf(row, 'from') ?? ''
  return (
    <Folded
      title={{
        zh: `终止 ${from} 起的委托（${matter?.zh ?? ''}）`,
        en: `End the mandate of ${from} (${matter?.en ?? ''})`,
      }}
    >
      {(shut) => (
        <PartyForm
          command="end-mandate"
          preset={{ mandate: textOf(row, 'mandate') ?? '' }}
          words={{ zh: '终止委托', en: 'End it' }}
          done={shut}
        />
      )}
    </Folded>
  )
}

/** The agent first: a party that is found, or somebody with an account. */
function Give({ principal, done }: { readonly principal: string; readonly done: () => void }) {
  const { t } = useLanguage()
  const id = useId()
  const [by, setBy] = useState<'party' | 'account'>('party')
  const [agent, setAgent] = useState<Row>()
  const chosen = agent && textOf(agent, 'party')
  return (
    <>
      <fieldset className="ways">
        <legend>{t({ zh: '代理人', en: 'Agent' })}</legend>
        {(['party', 'account'] as const).map((way) => (
          <label key={way}>
            <input type="radio" name={id} checked={by === way} onChange={() => setBy(way)} />{' '}
            {way === 'party'
              ? t({ zh: '已登记的主体（凭纸质委托）', en: 'A registered party, on paper' })
              : t({ zh: '有账号的人', en: 'Somebody with an account' })}
          </label>
        ))}
      </fieldset>
      {by === 'party' && !agent && (
        <FindParty words={{ zh: '选为代理人', en: 'Take as agent' }} without={[principal]} choose={setAgent} />
      )}
      {by === 'party' && agent && (
        <p>
          {t({ zh: '代理人：', en: 'Agent: ' })}
          <strong>{t(calledIn(agent))}</strong>{' '}
          <button type="button" className="linkish" onClick={() => setAgent(undefined)}>
            {t({ zh: '另选', en: 'Choose another' })}
          </button>
        </p>
      )}
      {(by === 'account' || chosen !== undefined) && (
        <PartyForm
          key={by}
          command="give-mandate"
          preset={by === 'party' ? { principal, agent: chosen! } : { principal }}
          hidden={by === 'party' ? ['account'] : ['agent']}
          words={{ zh: '登记委托', en: 'Record it' }}
          done={done}
        />
      )}
    </>
  )
}
