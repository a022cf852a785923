// Issuing a certificate, from a confirmed unit, from a party, or from neither: what is known of them is filled in and can be changed;
// what is about a unit names it, so that its history tells of the certificate.

import { useId } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useMenu } from '../api/menu.ts'
import { CommandForm } from '../form/command-form.tsx'
import { useCommandForm } from '../form/form-page.tsx'
import type { Group } from '../form/values.ts'
import { Page, Part } from '../frame/page.tsx'
import { today } from '../land/units.ts'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { Name } from '../table/cell.tsx'
import { Pairs } from '../table/pairs.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'

const TITLE: Text = { zh: '发证', en: 'Issue a certificate' }
/** More are reached from their own pages. */
const OFFERED = 500

export function IssuePage() {
  const form = useCommandForm('issue-certificate')
  const { t } = useLanguage()
  const { mayAsk } = useMenu()
  const [words, setWords] = useSearchParams()
  const unit = words.get('unit') ?? ''
  const party = words.get('party') ?? ''
  const units = useRows('units', { input: { on: today(), status: 'confirmed' }, limit: OFFERED }, mayAsk('units'))
  const found = useRows('parties', { input: { party } }, mayAsk('parties') && party !== '')
  const last = useRows('certificates', { sort: '-issuedOn', limit: 1 }, mayAsk('certificates'))
  const choose = (change: Readonly<Record<string, string>>): void =>
    setWords(Object.fromEntries(Object.entries({ unit, party, ...change }).filter(([, v]) => v !== '')))
  if (form.isPending || units.isLoading || found.isLoading || last.isLoading) return <Waiting />
  if (form.isError)
    return (
      <Page title={TITLE}>
        <Failed error={form.error} again={() => void form.refetch()} />
      </Page>
    )
  const confirmed = units.data?.rows ?? []
  const about = unit === '' ? undefined : confirmed.find((r) => textOf(r, 'id') === unit)
  const holder = party === '' ? undefined : found.data?.rows[0]
  return (
    <Page
      title={TITLE}
      about={{
        zh: '提交后由审核员同意，才有编号和核验码。',
        en: 'A reviewer approves it before it has a number and a code.',
      }}
      actions={<Link href="/w/certificates">{t({ zh: '返回清单', en: 'All certificates' })}</Link>}
    >
      <Part title={{ zh: '从哪里来', en: 'What it comes of' }}>
        <div className="fields">
          {mayAsk('units') && <UnitChoice rows={confirmed} value={unit} choose={(u) => choose({ unit: u })} />}
          {mayAsk('parties') && <PartyChoice value={party} chosen={holder} choose={(p) => choose({ party: p })} />}
        </div>
        {unit !== '' && !about && units.isSuccess && (
          <Nothing
            what={{
              zh: '这个单元还没有确认，不能据它发证。',
              en: 'The unit is not confirmed; no certificate comes of it.',
            }}
          />
        )}
        {about && (
          <Pairs
            pairs={[
              [{ zh: '空间单元', en: 'Unit' }, <Link key="u" href={`/w/units/${unit}`}>{textOf(about, 'name')}</Link>], // prettier-ignore
              [{ zh: '行政区', en: 'Region' }, <Name key="r" kind="region" id={textOf(about, 'region') ?? ''} />],
              [{ zh: '面积（亩）', en: 'Area in mu' }, textOf(about, 'areaMu') ?? ''],
            ]}
          />
        )}
      </Part>
      <CommandForm
        key={`${unit} ${party}`}
        form={form.data}
        start={startOf(about, last.data?.rows[0])}
        preset={{
          ...(about ? { about: `unit:${unit}` } : {}),
          ...(holder ? { holderParty: party } : {}),
        }}
        hidden={[
          ...(about ? ['about'] : []),
          ...(mayAsk('parties') ? ['holderParty'] : []),
          ...(holder ? ['holderOrganisation', 'holderName'] : []),
        ]}
      />
    </Page>
  )
}

/** What is filled in: the unit's lines, the day, and what the office wrote the last time. */
function startOf(unit: Row | undefined, last: Row | undefined): Group {
  const said = (row: Row | undefined, name: string): string => (row && textOf(row, name)) ?? ''
  const line = (label: string, value: string): readonly Group[] => (value === '' ? [] : [{ label, value }])
  return {
    kind: 'certificate',
    issuedOn: today(),
    titleZh: said(last, 'titleZh'),
    titleEn: said(last, 'titleEn'),
    issuer: said(last, 'issuer'),
    ...(unit === undefined
      ? {}
      : {
          place: said(unit, 'region'),
          lines: [
            ...line('地块', said(unit, 'name')),
            ...line('编码', said(unit, 'code')),
            ...line('面积', `${said(unit, 'areaMu')} 亩（${said(unit, 'areaM2')} 平方米）`),
          ],
        }),
  }
}

function UnitChoice(p: {
  readonly rows: readonly Row[]
  readonly value: string
  readonly choose: (id: string) => void
}) {
  const { t } = useLanguage()
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>
        {t({ zh: '已确认的空间单元', en: 'A confirmed unit' })}
        <span className="may">{t({ zh: '选填', en: 'optional' })}</span>
      </label>
      <select id={id} className="native" value={p.value} onChange={(e) => p.choose(e.target.value)}>
        <option value="">{t({ zh: '（不从空间单元发证）', en: '(of no unit)' })}</option>
        {p.rows.map((r) => (
          <option key={textOf(r, 'id')} value={textOf(r, 'id')}>
            {[textOf(r, 'name'), textOf(r, 'code')].filter(Boolean).join(' · ')}
          </option>
        ))}
      </select>
    </div>
  )
}

const calledOf = (r: Row): string =>
  [textOf(r, 'name') ?? textOf(r, 'personName'), textOf(r, 'householdCode') ?? textOf(r, 'code')]
    .filter(Boolean)
    .join(' · ')

function PartyChoice(p: {
  readonly value: string
  readonly chosen: Row | undefined
  readonly choose: (id: string) => void
}) {
  const { t } = useLanguage()
  const id = useId()
  const asked = useRows('parties', { input: { standing: 'true' }, limit: OFFERED })
  const rows = asked.data?.rows ?? []
  const far = p.chosen && !rows.some((r) => textOf(r, 'party') === p.value)
  return (
    <div className="field">
      <label htmlFor={id}>
        {t({ zh: '持有人（已登记的主体）', en: 'The holder, a registered party' })}
        <span className="may">{t({ zh: '选填', en: 'optional' })}</span>
      </label>
      <select id={id} className="native" value={p.value} onChange={(e) => p.choose(e.target.value)}>
        <option value="">{t({ zh: '（在下面填单位或姓名）', en: '(named below)' })}</option>
        {far && <option value={p.value}>{calledOf(p.chosen!)}</option>}
        {rows.map((r) => (
          <option key={textOf(r, 'party')} value={textOf(r, 'party')}>
            {calledOf(r)}
          </option>
        ))}
      </select>
    </div>
  )
}
