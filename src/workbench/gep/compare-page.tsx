// Two accounts side by side: totals, what moved them, and every kind of difference with the largest effect first. Where they
// count different services, the totals of what both count stand beside.

import type { ReactNode } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { Lang, Text } from '../../kernel/index.ts'
import { Page, Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { textOf } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { grouped } from '../words.ts'
import { usePart } from './ask.ts'
import type { Comparison } from '../../server/told/index.ts'
import { digits, unitIn } from './digits.ts'

const TITLE: Text = { zh: '比较两份核算', en: 'Two accounts compared' }

export function ComparePage() {
  const [words, setWords] = useSearchParams()
  const [a, b] = [words.get('a') ?? '', words.get('b') ?? '']
  const asked = usePart<Comparison>(a, 'compare', { with: b }, a !== '' && b !== '')
  const choose = (name: string, to: string): void =>
    setWords((before) => {
      const after = new URLSearchParams(before)
      after.set(name, to)
      return after
    })
  return (
    <Page
      title={TITLE}
      about={{
        zh: '同一地区的两年，或同一年的两个版本，或两个地区：每个变动的数、单元格和它对总值的影响。',
        en: 'Two years of a region, two versions of a year, or two regions: every figure and cell that differs, and what it does to the total.',
      }}
    >
      <div className="search-form tools">
        <Which name="a" label={{ zh: '前一份', en: 'First' }} value={a} choose={choose} />
        <Which name="b" label={{ zh: '后一份', en: 'Second' }} value={b} choose={choose} />
      </div>
      {a === '' || b === '' ? (
        <Nothing what={{ zh: '选好两份，就能比较。', en: 'Choose two.' }} />
      ) : asked.isPending ? (
        <Waiting />
      ) : asked.isError ? (
        <Failed error={asked.error} again={() => void asked.refetch()} />
      ) : (
        <Compared c={asked.data} a={a} b={b} />
      )}
    </Page>
  )
}

function Which(p: {
  readonly name: string
  readonly label: Text
  readonly value: string
  readonly choose: (name: string, to: string) => void
}) {
  const { t, lang } = useLanguage()
  const asked = useRows('accounts', { input: { all: 'true' }, limit: 500 })
  return (
    <label className="inline-label">
      {t(p.label)}{' '}
      <select className="native" value={p.value} onChange={(e) => p.choose(p.name, e.target.value)}>
        <option value="">{t({ zh: '请选择', en: 'Choose' })}</option>
        {(asked.data?.rows ?? []).map((r) => (
          <option key={textOf(r, 'id')} value={textOf(r, 'id')}>
            {lang === 'zh' ? textOf(r, 'titleZh') : textOf(r, 'titleEn')} · {t({ zh: '版本', en: 'version' })}{' '}
            {textOf(r, 'version')}
          </option>
        ))}
      </select>
    </label>
  )
}

const EFFECTS: Readonly<Record<string, Text>> = {
  quantity: { zh: '数量', en: 'quantity' },
  price: { zh: '价格', en: 'price' },
  cross: { zh: '交叉', en: 'cross' },
  undivided: { zh: '不可分解', en: 'undivided' },
  method: { zh: '方法或参数', en: 'method or parameters' },
  added: { zh: '新增', en: 'added' },
  removed: { zh: '消失', en: 'removed' },
}

function Compared({ c, a, b }: { readonly c: Comparison; readonly a: string; readonly b: string }) {
  const { t, lang } = useLanguage()
  const quantity = quantityIn(lang)
  if (c.same) return <Nothing what={{ zh: '两份逐位相同。', en: 'The two are the same, digit by digit.' }} />
  return (
    <>
      <Part title={{ zh: '总值（元）', en: 'Totals (yuan)' }}>
        <Rows
          label={{ zh: '总值', en: 'Totals' }}
          heads={[{ zh: '口径', en: 'Basis' }, c.sides[0].title, c.sides[1].title]}
          rows={[
            ...c.totals.map((x) => [t(x.basis), grouped(x.old ?? '—'), grouped(x.new ?? '—')]),
            ...(c.common?.totals ?? []).map((x) => [
              t({ zh: `${x.basis.zh}，只算共有的服务`, en: `${x.basis.en}, services of both only` }),
              grouped(x.old ?? '—'),
              grouped(x.new ?? '—'),
            ]),
          ]}
        />
        {c.common && (
          <p className="hint">
            {t({
              zh: '指标不同，总值不直接相比。未计入：',
              en: 'They count different services, so the totals are not compared as they stand. Left out: ',
            })}
            {c.common.dropped.map((d) => t(d)).join(t({ zh: '、', en: ', ' }))}
          </p>
        )}
        <p className="hint">
          {t({
            zh: `不同之处：数 ${c.counts.figures}，原始数据 ${c.counts.facts}，参数 ${c.counts.parameters}，价格 ${c.counts.prices}，方法 ${c.counts.methods}`,
            en: `Different: ${c.counts.figures} figures, ${c.counts.facts} inputs, ${c.counts.parameters} parameters, ${c.counts.prices} prices, ${c.counts.methods} methods`,
          })}
        </p>
      </Part>
      {c.head.length > 0 && (
        <Part title={{ zh: '抬头', en: 'Head' }}>
          <Rows
            label={{ zh: '抬头', en: 'Head' }}
            heads={[{ zh: '项', en: 'Item' }, FIRST, SECOND]}
            rows={c.head.map((x) => [t(x.title), x.old ?? '—', x.new ?? '—'])}
          />
        </Part>
      )}
      {c.changes.map((x) => (
        <Part key={x.basis.zh} title={{ zh: `变化从哪里来：${x.basis.zh}`, en: `What moved it: ${x.basis.en}` }}>
          {x.refused.map((r) => (
            <p key={r.zh} className="corrected">
              {t(r)}
            </p>
          ))}
          {x.growth !== undefined && (
            <p>
              {t({ zh: '增长', en: 'Growth' })} <strong>{x.growth} %</strong>
            </p>
          )}
          <Rows
            label={{ zh: '效应', en: 'Effects' }}
            heads={[
              { zh: '效应', en: 'Effect' },
              { zh: '元', en: 'yuan' },
            ]}
            rows={x.effects.map((e) => [t(EFFECTS[e.effect] ?? { zh: e.effect, en: e.effect }), grouped(e.yuan)])}
          />
        </Part>
      ))}
      <Part title={{ zh: '影响最大的变动', en: 'Figures that move the total most' }}>
        <Rows
          label={{ zh: '影响最大的变动', en: 'Figures that move the total most' }}
          heads={[
            { zh: '数', en: 'Figure' },
            FIRST,
            SECOND,
            { zh: '对不变价总值的影响（元）', en: 'On the total at constant prices (yuan)' },
          ]}
          rows={c.figures.map((f) => [
            <Link key={f.code} href={`/w/gep/${f.new ? b : a}?why=${f.code}`}>
              {t(f.title)}
            </Link>,
            quantity(f.old),
            quantity(f.new),
            grouped(f.onTotal.constant ?? f.onTotal.current ?? ''),
          ])}
        />
      </Part>
      <Differences
        title={{ zh: '参数', en: 'Parameters' }}
        rows={c.parameters.map((p) => [
          `${t(p.title)} ${p.key === '' ? '' : `〔${p.key}〕`}`,
          quantity(p.old),
          quantity(p.new),
        ])}
      />
      <Differences
        title={{ zh: '价格', en: 'Prices' }}
        rows={c.prices.map((p) => [`${t(p.title)} · ${t(p.basis)}`, quantity(p.old), quantity(p.new)])}
      />
      <Differences
        title={{ zh: '方法', en: 'Methods' }}
        rows={c.methods.map((m) => [t(m.title), m.old ?? '—', m.new ?? '—'])}
      />
      <Differences
        title={{ zh: '原始数据', en: 'Inputs' }}
        rows={c.facts.map((f) => [
          `${t(f.title)} ${f.id
            .split('|')
            .slice(1, 4)
            .filter((x) => x !== '')
            .join(' · ')}`,
          `${quantity(f.old)} ${f.oldCell ?? ''}`,
          `${quantity(f.new)} ${f.newCell ?? ''}`,
        ])}
      />
    </>
  )
}

const FIRST: Text = { zh: '前一份', en: 'First' }
const SECOND: Text = { zh: '后一份', en: 'Second' }

const quantityIn =
  (lang: Lang) =>
  (q: { readonly value: string; readonly unit: string } | undefined): string =>
    q === undefined ? '—' : `${digits(q.value)} ${unitIn(q.unit, lang)}`

function Differences({ title, rows }: { readonly title: Text; readonly rows: readonly (readonly ReactNode[])[] }) {
  if (rows.length === 0) return null
  return (
    <Part title={title}>
      <Rows label={title} heads={[title, FIRST, SECOND]} rows={rows} />
    </Part>
  )
}

function Rows(p: {
  readonly label: Text
  readonly heads: readonly Text[]
  readonly rows: readonly (readonly ReactNode[])[]
}) {
  const { t } = useLanguage()
  return (
    <div className="table-box tall" role="region" aria-label={t(p.label)} tabIndex={0}>
      <table className="rows-table compared">
        <thead>
          <tr>
            {p.heads.map((h, i) => (
              <th key={i} scope="col" className={i === 0 ? '' : 'number'}>
                {t(h)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {p.rows.map((r, i) => (
            <tr key={i}>
              {r.map((x, k) => (
                <td key={k} className={k === 0 ? 'long' : 'number'}>
                  {x}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
