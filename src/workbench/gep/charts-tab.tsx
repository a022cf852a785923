// The account in bars: services, groups of services, regions or ecosystem types, on one basis; under each the same numbers as
// a list that opens their reasons by the keys.

import { Suspense, useMemo } from 'react'
import type { Text } from '../../kernel/index.ts'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { usePart, useWord } from './ask.ts'
import { BarChart, type Bar } from './chart.tsx'
import { BlockFoot, Figure, FOOT } from './figure.tsx'
import { RegionChoice } from './statement.tsx'
import type { BasisId, Cell, Classes, Head, Regions, Statement } from '../../server/told/index.ts'

const SUBJECTS: Readonly<Record<string, Text>> = {
  services: { zh: '各项服务', en: 'Services' },
  groups: { zh: '三类服务', en: 'Groups of services' },
  regions: { zh: '各地区', en: 'Regions' },
  classes: { zh: '生态系统类型', en: 'Ecosystem types' },
}
/** As in the report: colours that stay apart for every common colour-blindness. */
const KIND: Readonly<Record<string, string>> = { M: '#e69f00', R: '#009e73', C: '#0072b2' }
const PLAIN = '#0072b2'
/** Of an account in which nothing has a price. */
const NO_BASIS: Text = { zh: '未计价', en: 'not priced' }

interface Named {
  readonly title: Text
  readonly cell: Cell
  readonly colour: string
}

export function ChartsTab({ id, head }: { readonly id: string; readonly head: Head }) {
  const { t } = useLanguage()
  const [subject = 'services', setSubject] = useWord('chart')
  const [region = head.region, setRegion] = useWord('region')
  const [basisWord, setBasis] = useWord('basis')
  const basis: BasisId = basisWord === 'current' ? 'current' : 'constant'
  const ofRegions = subject === 'regions'
  const statement = usePart<Statement>(id, 'statement', { region }, subject === 'services' || subject === 'groups')
  const regions = usePart<Regions>(id, 'regions', {}, ofRegions)
  const classes = usePart<Classes>(id, 'classes', { region }, subject === 'classes')
  const asked = ofRegions ? regions : subject === 'classes' ? classes : statement
  const named = useMemo((): readonly Named[] => {
    if (ofRegions)
      return (regions.data?.rows ?? []).filter((r) => r.depth > 0).flatMap((r) => one(r.name, r[basis], PLAIN))
    if (subject === 'classes') return (classes.data?.rows ?? []).flatMap((r) => one(r.name, r[basis], PLAIN))
    const kind = subject === 'groups' ? 'group' : 'service'
    return (statement.data?.rows ?? [])
      .filter((r) => r.kind === kind && r.memo !== true)
      .flatMap((r) => one(r.title, r[basis], KIND[r.id[0]!] ?? PLAIN))
  }, [ofRegions, subject, basis, regions.data, classes.data, statement.data])
  const [, open] = useWord('why')
  const bars = useMemo(
    () =>
      named.map(({ title, cell, colour }): Bar => ({
        name: t(title),
        value: Number(cell.text.replaceAll(',', '').replace(/^[<>]/, '')),
        label: cell.text,
        colour,
        code: cell.code,
      })),
    [named, t],
  )
  const title = SUBJECTS[subject] ?? SUBJECTS['services']!
  const basisTitle = head.bases.find((b) => b.id === basis)?.title ?? NO_BASIS
  const year = basis === 'constant' ? head.priceYear : head.year
  return (
    <section className="part">
      <div className="page-head">
        <h2>{t(title)}</h2>
        <div className="actions">
          <Choice label={{ zh: '看什么', en: 'Show' }} value={subject} options={SUBJECTS} choose={setSubject} />
          <Choice
            label={FOOT.basis}
            value={basis}
            options={Object.fromEntries(head.bases.map((b) => [b.id, b.title]))}
            choose={setBasis}
          />
          {!ofRegions && <RegionChoice head={head} region={region} choose={setRegion} />}
        </div>
      </div>
      {asked.isPending ? (
        <Waiting />
      ) : asked.isError ? (
        <Failed error={asked.error} again={() => void asked.refetch()} />
      ) : bars.length === 0 ? (
        <Nothing what={{ zh: '没有可画的数。', en: 'There is nothing to draw.' }} />
      ) : (
        <>
          <Suspense fallback={<Waiting />}>
            <BarChart
              bars={bars}
              axis={`${t(asked.data.money)} · ${t(basisTitle)} · ${year}`}
              label={`${t(title)}: ${bars.map((b) => `${b.name} ${b.label}`).join('; ')}`}
              open={open}
            />
          </Suspense>
          <details>
            <summary>{t({ zh: '图中的数（可用键盘打开）', en: 'The numbers of the chart (open by keys)' })}</summary>
            <ul className="columns">
              {named.map((n) => (
                <li key={n.cell.code}>
                  {t(n.title)} <Figure cell={n.cell} unit />
                </li>
              ))}
            </ul>
          </details>
          <BlockFoot
            parts={[
              [FOOT.unit, t(asked.data.money)],
              [FOOT.year, String(year)],
              [FOOT.basis, t(basisTitle)],
              [FOOT.status, t(head.statusTitle)],
              [FOOT.source, t(head.set)],
            ]}
          />
        </>
      )}
    </section>
  )
}

const one = (title: Text, cell: Cell | undefined, colour: string): readonly Named[] =>
  cell ? [{ title, cell, colour }] : []

export function Choice(p: {
  readonly label: Text
  readonly value: string
  readonly options: Readonly<Record<string, Text>>
  readonly choose: (to: string) => void
}) {
  const { t } = useLanguage()
  return (
    <label className="inline-label">
      {t(p.label)}{' '}
      <select className="native" value={p.value} onChange={(e) => p.choose(e.target.value)}>
        {Object.entries(p.options).map(([value, title]) => (
          <option key={value} value={value}>
            {t(title)}
          </option>
        ))}
      </select>
    </label>
  )
}
