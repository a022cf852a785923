// Objections to one notice: who, by which way, received when, with the number that is their receipt; answered and closed in place; and
// the form for one on paper. What a role may not read is masked by the server.

import { Link } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import { SmallForm } from '../form/small-form.tsx'
import { Folded } from '../frame/folded.tsx'
import { Part } from '../frame/page.tsx'
import { today } from '../land/units.ts'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { CellShown } from '../table/cell.tsx'
import { Pairs, type Pair } from '../table/pairs.tsx'
import { textOf, type Column, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'

const STATUS: Readonly<Record<string, Text>> = {
  open: { zh: '待答复', en: 'waits for an answer' },
  answered: { zh: '已答复，未办结', en: 'answered, not closed' },
  closed: { zh: '已办结', en: 'closed' },
}
const WAYS: Readonly<Record<string, Text>> = {
  paper: { zh: '纸质', en: 'on paper' },
  online: { zh: '网上', en: 'online' },
}
const OUTCOMES: Readonly<Record<string, Text>> = {
  upheld: { zh: '异议成立', en: 'upheld' },
  'partly-upheld': { zh: '部分成立', en: 'partly upheld' },
  rejected: { zh: '异议不成立', en: 'rejected' },
  'taken-back': { zh: '本人撤回', en: 'taken back by the objector' },
}

export function Objections({ notice, running }: { readonly notice: Row; readonly running: boolean }) {
  const { mayAsk, mayRun } = useMenu()
  const { role } = useSession()
  const publicNotice = textOf(notice, 'id') ?? ''
  const asked = useRows('objections', { input: { publicNotice }, limit: 1000 }, mayAsk('objections'))
  // The accountant acts for the village of the notice.
  const own = role?.places.find((p) => p.organisation === textOf(notice, 'organisation'))?.organisation
  const withdrawn = textOf(notice, 'status') === 'withdrawn'
  return (
    <Part title={{ zh: '异议', en: 'Objections' }}>
      {!mayAsk('objections') ? null : asked.isPending ? (
        <Waiting />
      ) : asked.isError ? (
        <Failed error={asked.error} again={() => void asked.refetch()} />
      ) : asked.data.rows.length === 0 ? (
        <Nothing what={{ zh: '没有异议。', en: 'There are no objections.' }} />
      ) : (
        asked.data.rows.map((row) => (
          <Objection key={textOf(row, 'id')} row={row} columns={asked.data.columns} notice={notice} />
        ))
      )}
      {mayRun('objectOnPaper') && !withdrawn && (
        <Folded
          title={
            running
              ? { zh: '登记纸质异议', en: 'Enter an objection on paper' }
              : { zh: '补登公示期内收到的纸质异议', en: 'Enter one that was received while it ran' }
          }
        >
          <SmallForm
            command="object-on-paper"
            preset={{ publicNotice, ...(own === undefined ? {} : { organisation: own }) }}
            likely={{ receivedOn: today(), place: textOf(notice, 'place') ?? '' }}
            words={{ zh: '登记', en: 'Enter it' }}
          />
        </Folded>
      )}
    </Part>
  )
}

function Objection(p: { readonly row: Row; readonly columns: readonly Column[]; readonly notice: Row }) {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  const { row } = p
  const objection = textOf(row, 'id') ?? ''
  const status = textOf(row, 'status') ?? ''
  const way = textOf(row, 'way') ?? ''
  const shown = (name: string): Pair[] => {
    const column = p.columns.find((c) => c.name === name)
    return column && row[name] !== undefined
      ? [[column.title, <CellShown key={name} value={row[name]} column={column} choices={{ outcome: OUTCOMES }} />]]
      : []
  }
  return (
    <section
      className="objection"
      aria-label={t({ zh: `异议 ${textOf(row, 'number')}`, en: `Objection ${textOf(row, 'number')}` })}
    >
      <p className="objection-head">
        <strong>{textOf(row, 'number')}</strong>{' '}
        <span className={status === 'closed' ? 'good' : 'bad'}>
          {status === 'closed' ? '✓' : '!'} {t(STATUS[status] ?? STATUS['open']!)}
        </span>{' '}
        {t(WAYS[way] ?? WAYS['paper']!)}
        {way === 'online' && (
          <>
            {' '}
            <a href={`${textOf(p.notice, 'page')}/receipt/${objection}`} target="_blank" rel="noreferrer">
              {t({ zh: '回执页', en: 'receipt' })}
            </a>
          </>
        )}{' '}
        <Link href={`/w/history?subject=objection:${objection}`}>{t({ zh: '历史', en: 'History' })}</Link>
      </p>
      <Pairs
        pairs={[
          ...['receivedOn', 'place', 'objector', 'phone', 'text'].flatMap(shown),
          ...(row['scan'] === undefined ? [] : [[SCAN, <Scan key="scan" objection={objection} />] as Pair]),
          ...['outcome', 'answer', 'answeredOn', 'closing', 'closedOn'].flatMap(shown),
        ]}
      />
      {status === 'open' && mayRun('answerObjection') && (
        <Folded title={{ zh: '答复', en: 'Answer it' }}>
          <SmallForm
            command="answer-objection"
            preset={{ objection }}
            likely={{ answeredOn: today() }}
            words={{ zh: '答复', en: 'Answer' }}
          />
        </Folded>
      )}
      {status === 'answered' && mayRun('closeObjection') && (
        <Folded title={{ zh: '办结', en: 'Close it' }}>
          <SmallForm
            command="close-objection"
            preset={{ objection }}
            likely={{ closedOn: today() }}
            words={{ zh: '办结', en: 'Close' }}
          />
        </Folded>
      )}
    </section>
  )
}

const SCAN: Text = { zh: '扫描件', en: 'Scan' }

/** The scan is a document of the objection, for whoever may see it. */
function Scan({ objection }: { readonly objection: string }) {
  const { t } = useLanguage()
  const { mayAsk } = useMenu()
  const asked = useRows('documents', { input: { about: `objection:${objection}` } }, mayAsk('documents'))
  const hash = asked.data?.columns.find((c) => c.name === 'hash')
  const [first] = asked.data?.rows ?? []
  if (!hash || !first) return <>{t({ zh: '有，您的角色不能看', en: 'kept; not for your role' })}</>
  return <CellShown value={first['hash']} column={hash} choices={{}} />
}
