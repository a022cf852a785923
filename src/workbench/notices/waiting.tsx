// The act that waits for a notice: what stands in its way in words, the units it is about with those that were changed since, and,
// when the way is free, the request to confirm them. A refusal of the server says the same sentences.

import { useState } from 'react'
import { Link } from 'wouter'
import { useMenu } from '../api/menu.ts'
import { SmallForm } from '../form/small-form.tsx'
import { Folded } from '../frame/folded.tsx'
import { Part } from '../frame/page.tsx'
import { today } from '../land/units.ts'
import { useLanguage } from '../language.tsx'
import { Failed, Waiting } from '../states.tsx'
import { useQueryForm } from '../table/query-page.tsx'
import { RowsTable } from '../table/rows-table.tsx'
import { choicesOf, textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { ReceiptShown } from '../form/receipt.tsx'
import type { Receipt } from '../form/use-submit.ts'

export function WhatWaits({ about, place }: { readonly about: string; readonly place: string }) {
  const { t } = useLanguage()
  const asked = useRows('whatWaits', { input: { about }, limit: 100 })
  const rows = asked.data?.rows ?? []
  const requests = rows.filter((r) => r['request'] !== undefined)
  const reasons = rows.filter((r) => r['request'] === undefined)
  return (
    <Part title={{ zh: '等待公示的事项', en: 'What waits for it' }}>
      {asked.isPending ? (
        <Waiting />
      ) : asked.isError ? (
        <Failed error={asked.error} again={() => void asked.refetch()} />
      ) : reasons.length === 0 ? (
        <p className="good">
          ✓{' '}
          {t({
            zh: '公示已期满，异议都已办结，可以办理。',
            en: 'The days are over, every objection is closed: it can go on.',
          })}
        </p>
      ) : (
        <>
          <p className="bad">✗ {t({ zh: '现在还办不了：', en: 'It cannot go on yet:' })}</p>
          <ul className="findings">
            {reasons.map((r, i) => (
              <li key={i} className="finding-red">
                <p>
                  {t({ zh: textOf(r, 'zh') ?? '', en: textOf(r, 'en') ?? '' })}{' '}
                  <span className="hint">{t({ zh: textOf(r, 'hintZh') ?? '', en: textOf(r, 'hintEn') ?? '' })}</span>
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
      {requests.map((r) => (
        <p key={textOf(r, 'request')}>
          {t({ zh: '已提交、等待审批：', en: 'Submitted, waits for approval: ' })}
          <Link href={`/w/requests/${textOf(r, 'request')}`}>
            {t({ zh: textOf(r, 'zh') ?? '', en: textOf(r, 'en') ?? '' })}
          </Link>
        </p>
      ))}
      {/^(unit|import):/.test(about) && (
        <Units about={about} place={place} free={asked.isSuccess && reasons.length === 0} />
      )}
    </Part>
  )
}

function Units({ about, place, free }: { readonly about: string; readonly place: string; readonly free: boolean }) {
  const { t } = useLanguage()
  const { mayAsk, mayRun } = useMenu()
  const asked = useRows(
    'unitsAnnounced',
    { input: { announced: about, on: today() }, limit: 500 },
    mayAsk('unitsAnnounced'),
  )
  const words = useQueryForm('units-announced')
  const [left, leave] = useState<ReadonlySet<string>>(new Set())
  const [done, setDone] = useState<Receipt>()
  if (!mayAsk('unitsAnnounced')) return null
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const { rows, columns } = asked.data
  // Of another place, or none of them stands any more.
  if (rows.length === 0) return null
  const id = (row: Row): string => textOf(row, 'id') ?? ''
  const ready = rows.filter(isReady)
  const chosen = ready.map(id).filter((u) => !left.has(u))
  const changed = rows.filter((r) => r['changed'] === true)
  const shown = ['name', 'code', 'areaM2', 'areaMu', 'sound', 'status', 'changed'].flatMap(
    (name) => columns.find((c) => c.name === name) ?? [],
  )
  return (
    <>
      {changed.length > 0 && (
        <p className="bad">
          ✗{' '}
          {t({
            zh: `${changed.length} 个单元的图形在公示之后变过，要重新公示：`,
            en: `${changed.length} units were reshaped after the notice and want a new one: `,
          })}{' '}
          {changed.map((r) => (
            <Link key={id(r)} href={newNotice(`unit:${id(r)}`, textOf(r, 'region'))}>
              {t({ zh: `公示 ${textOf(r, 'name')}`, en: `post ${textOf(r, 'name')}` })}{' '}
            </Link>
          ))}
        </p>
      )}
      <RowsTable
        label={t({ zh: '公示的空间单元', en: 'Units it is about' })}
        columns={shown}
        rows={rows}
        choices={words.data ? choicesOf(words.data.row.properties) : {}}
        before={(row) =>
          free && isReady(row) && mayRun('confirmUnits') ? (
            <input
              type="checkbox"
              className="screen-only"
              aria-label={t({ zh: `选 ${textOf(row, 'name')}`, en: `Choose ${textOf(row, 'name')}` })}
              checked={!left.has(id(row))}
              onChange={(e) => {
                const next = new Set(left)
                if (e.target.checked) next.delete(id(row))
                else next.add(id(row))
                leave(next)
              }}
            />
          ) : (
            <Link href={`/w/units/${id(row)}`}>{t({ zh: '打开', en: 'Open' })}</Link>
          )
        }
      />
      {done ? (
        <ReceiptShown receipt={done} />
      ) : (
        mayRun('confirmUnits') &&
        free &&
        chosen.length > 0 && (
          <Folded
            title={{
              zh: `申请确认（${chosen.length} 个单元）`,
              en: `Ask to confirm ${chosen.length} units`,
            }}
          >
            <SmallForm
              key={chosen.join()}
              command="confirm-units"
              preset={{ place, announced: about }}
              start={{ units: chosen }}
              likely={{ on: today() }}
              words={{ zh: '申请确认', en: 'Ask to confirm' }}
              done={setDone}
            />
          </Folded>
        )
      )}
    </>
  )
}

/** A draft with a sound shape, the one that was posted. */
const isReady = (row: Row): boolean =>
  textOf(row, 'status') === 'draft' && row['sound'] === true && row['changed'] !== true

export const newNotice = (about: string, place: string | undefined): string =>
  `/w/notices/new?about=${about}${place === undefined ? '' : `&place=${place}`}`
