// Parties: found by name or code, listed by kind and place, those that may be doubles beside them. A row opens the party.

import { useId, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { useMenu } from '../api/menu.ts'
import { Lookup } from '../form/lookup.tsx'
import { Page, Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { QueryTable } from '../table/query-table.tsx'
import { textOf } from '../table/rows.ts'
import { FindParty } from './find.tsx'
import { KINDS, STATUS } from './words.ts'

export function PartiesPage() {
  const { t } = useLanguage()
  const { mayAsk, mayRun } = useMenu()
  const [, go] = useLocation()
  return (
    <Page
      title={{ zh: '当事人', en: 'Parties' }}
      about={{
        zh: '农户、自然人、村集体、企业、社会组织、机关：谁可以持有权利、提异议、领款，谁代谁办。',
        en: 'Households, people, collectives, firms, associations, governments: who may hold rights, object, be paid, and who acts for whom.',
      }}
      actions={
        <>
          {mayRun('registerHousehold') && (
            <Link href="/w/parties/new">{t({ zh: '登记主体', en: 'Register a party' })}</Link>
          )}
          {mayRun('importHouseholds') && (
            <Link href="/w/imports?of=households">{t({ zh: '导入农户', en: 'Import households' })}</Link>
          )}
        </>
      }
    >
      {mayAsk('findParties') && (
        <Part title={{ zh: '查找', en: 'Find' }}>
          <FindParty
            words={{ zh: '打开', en: 'Open' }}
            choose={(row) => go(`/w/parties/${textOf(row, 'party') ?? ''}`)}
          />
        </Part>
      )}
      {mayAsk('parties') && <List />}
      {mayAsk('partyDoubles') && <Doubles />}
    </Page>
  )
}

/** Chosen ones only; the house gives the first five hundred. */
function List() {
  const { t } = useLanguage()
  const id = useId()
  const [kind, setKind] = useState('')
  const [place, setPlace] = useState('')
  const [standing, setStanding] = useState(true)
  return (
    <Part title={{ zh: '清单', en: 'List' }}>
      <div className="tools party-choice">
        <label htmlFor={`${id}-kind`}>{t({ zh: '类型', en: 'Kind' })}</label>
        <select id={`${id}-kind`} className="native" value={kind} onChange={(e) => setKind(e.target.value)}>
          <option value="">{t({ zh: '全部', en: 'all' })}</option>
          {Object.entries(KINDS).map(([name, title]) => (
            <option key={name} value={name}>
              {t(title)}
            </option>
          ))}
        </select>
        <label htmlFor={`${id}-place`}>{t({ zh: '行政区', en: 'Region' })}</label>
        <Lookup
          id={`${id}-place`}
          kind="region"
          schema={{ 'x-kind': 'region', 'x-title': { zh: '行政区', en: 'Region' } }}
          required={false}
          invalid={false}
          describedBy={undefined}
          value={place}
          change={setPlace}
        />
        <label>
          <input type="checkbox" checked={standing} onChange={(e) => setStanding(e.target.checked)} />{' '}
          {t({ zh: '只看有效的', en: 'only those that stand' })}
        </label>
        <span className="hint">
          {t({ zh: '最多列 500 个，请按类型、行政区缩小。', en: 'At most 500: choose kind and region.' })}
        </span>
      </div>
      <QueryTable
        key={`${kind} ${place} ${standing}`}
        query="parties"
        title={{ zh: '当事人', en: 'Parties' }}
        input={{
          ...(kind === '' ? {} : { kind }),
          ...(place === '' ? {} : { place }),
          ...(standing ? { standing: 'true' } : {}),
        }}
        choices={{ kind: KINDS, status: STATUS }}
        hidden={['party', 'passport', 'organisation', 'mergedInto', 'erased', 'until']}
        empty={{ zh: '没有符合条件的主体。', en: 'No party fits.' }}
        actions={(row) => (
          <Link href={`/w/parties/${textOf(row, 'party') ?? ''}`}>
            {t({ zh: '打开这个主体', en: 'Open the party' })}
          </Link>
        )}
      />
    </Part>
  )
}

const SHARED = {
  by: {
    'id-number': { zh: '身份证号', en: 'identity number' },
    passport: { zh: '护照号', en: 'passport' },
  },
}

function Doubles() {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  return (
    <Part title={{ zh: '疑似重复', en: 'Possible doubles' }}>
      <QueryTable
        query="partyDoubles"
        title={{ zh: '疑似重复的主体', en: 'Parties that may be doubles' }}
        choices={SHARED}
        empty={{ zh: '没有号码相同的主体。', en: 'No two parties share a code.' }}
        actions={(row) => (
          <>
            <Link href={`/w/parties/${textOf(row, 'party') ?? ''}`}>
              {t({ zh: '打开这个主体', en: 'Open the party' })}
            </Link>{' '}
            <Link href={`/w/parties/${textOf(row, 'other') ?? ''}`}>
              {t({ zh: '打开另一主体', en: 'Open the other' })}
            </Link>{' '}
            {mayRun('mergeDoubles') && (
              <Link href={`/w/parties/${textOf(row, 'party') ?? ''}?double=${textOf(row, 'other') ?? ''}`}>
                {t({ zh: '并档', en: 'Merge them' })}
              </Link>
            )}
          </>
        )}
      />
    </Part>
  )
}
