// Every region of the account with area, GEP on both bases and its ratios; a region opens its own statement. Below it the
// ecosystem types of the region that is chosen.

import { Link } from 'wouter'
import { useLanguage } from '../language.tsx'
import { Failed, Waiting } from '../states.tsx'
import { usePart, useWord } from './ask.ts'
import { BlockFoot, Figure, FOOT } from './figure.tsx'
import { RegionChoice } from './statement.tsx'
import type { Classes, Head, Regions } from '../../server/told/index.ts'

export function RegionsTab({ id, head }: { readonly id: string; readonly head: Head }) {
  const { t } = useLanguage()
  const asked = usePart<Regions>(id, 'regions')
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const { rows, ratios, money, area, basis } = asked.data
  return (
    <>
      <section className="part">
        <h2>{t({ zh: '各地区', en: 'Regions' })}</h2>
        <div className="table-box" role="region" aria-label={t({ zh: '各地区', en: 'Regions' })} tabIndex={0}>
          <table className="rows-table wrap-heads">
            <thead>
              <tr>
                <th scope="col">{t({ zh: '地区', en: 'Region' })}</th>
                <th scope="col" className="number">
                  {t({ zh: '面积', en: 'Area' })} <small>{t(area)}</small>
                </th>
                {head.bases.map((b) => (
                  <th key={b.id} scope="col" className="number">
                    {t(b.title)}
                    <br />
                    <small>
                      {b.id === 'constant' ? head.priceYear : head.year} · {t(money)}
                    </small>
                  </th>
                ))}
                {ratios.map((r) => (
                  <th key={r.id} scope="col" className="number">
                    {t(r.title)}
                    <br />
                    <small>{t(r.unit)}</small>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((r) => (
                <tr key={r.code} {...(r.depth === 0 ? { className: 'kind-row-total' } : {})}>
                  <th scope="row" style={{ paddingLeft: 10 + r.depth * 18 }}>
                    <Link href={`/w/gep/${id}?region=${r.code}`}>{t(r.name)}</Link>
                  </th>
                  <td className="number">
                    <Figure cell={r.area} />
                  </td>
                  {head.bases.map((b) => (
                    <td key={b.id} className="number">
                      <Figure cell={r[b.id]} />
                    </td>
                  ))}
                  {ratios.map((x) => (
                    <td key={x.id} className="number">
                      <Figure cell={r.ratios[x.id]} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <BlockFoot
          parts={[
            [FOOT.unit, t(money)],
            [FOOT.year, String(head.year)],
            [FOOT.basis, t({ zh: `比率按${basis.zh}`, en: `ratios on the ${basis.en.toLowerCase()}` })],
            [FOOT.status, t(head.statusTitle)],
            [FOOT.source, t(head.set)],
          ]}
        />
      </section>
      <ClassesPart id={id} head={head} />
    </>
  )
}

function ClassesPart({ id, head }: { readonly id: string; readonly head: Head }) {
  const { t } = useLanguage()
  const [region = head.region, setRegion] = useWord('region')
  const asked = usePart<Classes>(id, 'classes', { region })
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const { rows, money, area } = asked.data
  return (
    <section className="part">
      <div className="page-head">
        <h2>{t({ zh: '各生态系统类型', en: 'Ecosystem types' })}</h2>
        <div className="actions">
          <RegionChoice head={head} region={region} choose={setRegion} />
        </div>
      </div>
      <div
        className="table-box"
        role="region"
        aria-label={t({ zh: '各生态系统类型', en: 'Ecosystem types' })}
        tabIndex={0}
      >
        <table className="rows-table wrap-heads">
          <thead>
            <tr>
              <th scope="col">{t({ zh: '类型', en: 'Type' })}</th>
              <th scope="col" className="number">
                {t({ zh: '面积', en: 'Area' })} <small>{t(area)}</small>
              </th>
              {head.bases.map((b) => (
                <th key={b.id} scope="col" className="number">
                  {t(b.title)} <small>{t(money)}</small>
                </th>
              ))}
              <th scope="col" className="number">
                {t({ zh: '占比 %', en: 'Share %' })}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((r) => (
              <tr key={r.code}>
                <th scope="row">{t(r.name)}</th>
                <td className="number">
                  <Figure cell={r.area} />
                </td>
                {head.bases.map((b) => (
                  <td key={b.id} className="number">
                    <Figure cell={r[b.id]} />
                  </td>
                ))}
                <td className="number">{r.share ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <BlockFoot
        parts={[
          [FOOT.unit, t({ zh: `价值 ${money.zh}，面积 ${area.zh}`, en: `values ${money.en}, areas ${area.en}` })],
          [FOOT.year, String(head.year)],
          [FOOT.status, t(head.statusTitle)],
          [FOOT.source, t(head.set)],
        ]}
      />
    </section>
  )
}
