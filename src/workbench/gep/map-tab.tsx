// The map of an account: its zones coloured by one figure each, a legend, and beside it the same as a list one walks by keys.
// Where the account has rasters, a click or typed coordinates open the pixel: every factor with its map and cell.

import { Button, Input } from 'antd'
import { Suspense, useState } from 'react'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { usePart, useWord } from './ask.ts'
import { Choice } from './charts-tab.tsx'
import { BlockFoot, FOOT } from './figure.tsx'
import { PixelShown } from './pixel.tsx'
import type { Head, ZoneMap } from '../../server/told/index.ts'
import { ZoneMapShown } from './zone-map.tsx'

export function MapTab({ id, head }: { readonly id: string; readonly head: Head }) {
  const { t } = useLanguage()
  const [subject = 'per-area', setSubject] = useWord('subject')
  const [basis = 'constant', setBasis] = useWord('basis')
  const asked = usePart<ZoneMap>(id, 'map', { subject, basis })
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const map = asked.data
  if (map.zones.features.length === 0)
    return (
      <Nothing
        what={{
          zh: '这份核算没有边界文件，没有地图。在输入清单里写上边界文件，再核算一次，就有了。',
          en: 'This account has no boundaries and so no map. Name a file of boundaries in the input list and run again.',
        }}
      />
    )
  const subjects = Object.fromEntries(map.subjects.map((s) => [s.id, s.title]))
  return (
    <section className="part">
      <div className="page-head">
        <h2>
          {t(subjects[subject] ?? map.subjects[0]!.title)} · {t(map.basisTitle)}
        </h2>
        <div className="actions">
          <Choice label={{ zh: '看什么', en: 'Show' }} value={subject} options={subjects} choose={setSubject} />
          {map.bases.length > 0 && (
            <Choice
              label={FOOT.basis}
              value={basis}
              options={Object.fromEntries(map.bases.map((b) => [b.id, b.title]))}
              choose={setBasis}
            />
          )}
        </div>
      </div>
      <Zones id={id} map={map} title={t(subjects[subject] ?? map.subjects[0]!.title)} />
      <BlockFoot
        parts={[
          [FOOT.unit, t(map.unit)],
          [FOOT.year, String(map.year)],
          [FOOT.basis, t(map.basisTitle)],
          [FOOT.status, t(head.statusTitle)],
          [FOOT.source, t(head.set)],
        ]}
      />
    </section>
  )
}

function Zones({ id, map, title }: { readonly id: string; readonly map: ZoneMap; readonly title: string }) {
  const { t, lang } = useLanguage()
  const [, open] = useWord('why')
  const [chosen, choose] = useState<string>()
  const [atWord, setAt] = useWord('at')
  const at = pointOf(atWord)
  const zones = map.zones.features.map((f) => f.properties)
  const missing = zones.some((z) => z.colour === undefined)
  return (
    <div className="map-page">
      <div>
        <Suspense fallback={<Waiting />}>
          <ZoneMapShown
            map={map}
            lang={lang}
            label={`${title}: ${zones.map((z) => `${t(z.name)} ${z.text ?? '—'}`).join('; ')}`}
            chosen={chosen}
            at={at}
            pick={(zone, point) => {
              choose(zone?.region)
              if (map.pixels) setAt(`${point[0].toFixed(6)},${point[1].toFixed(6)}`)
            }}
          />
        </Suspense>
        <p className="hint">
          {map.mapNumber === undefined
            ? t({
                zh: '内部资料，无审图号，不得公开。只画核算自己的边界，没有底图。',
                en: 'For internal use: no map review number, not to be published. Only the boundaries of the account are drawn.',
              })
            : t({ zh: `审图号 ${map.mapNumber}`, en: `Map review number ${map.mapNumber}` })}{' '}
          {map.pixels && t({ zh: '点地图上任意一处，看那个像元。', en: 'Click anywhere to open that pixel.' })}
        </p>
        {map.pixels && <PixelAsk at={atWord} ask={setAt} />}
      </div>
      <div className="map-side">
        <ul className="legend" aria-label={t({ zh: '图例', en: 'Legend' })}>
          <li>
            {t(FOOT.unit)} {t(map.unit)}
          </li>
          {map.classes.map((c) => (
            <li key={c.from}>
              <span className="swatch" style={{ background: c.colour }} /> {c.from.toLocaleString('en')} –{' '}
              {c.to.toLocaleString('en')}
            </li>
          ))}
          {missing && (
            <li>
              <span className="swatch swatch-none" /> {t({ zh: '缺', en: 'missing' })}
            </li>
          )}
        </ul>
        <ul className="zones" aria-label={t({ zh: '各地区的数', en: 'Figures of the zones' })}>
          {zones.map((z) => (
            <li key={z.region} className={z.region === chosen ? 'on' : ''}>
              <button
                type="button"
                onFocus={() => choose(z.region)}
                onClick={() => (z.code ? open(z.code) : choose(z.region))}
              >
                <span
                  className={`swatch${z.colour === undefined ? ' swatch-none' : ''}`}
                  style={z.colour === undefined ? {} : { background: z.colour }}
                />
                <span>{t(z.name)}</span>
                <strong>{z.text ?? t({ zh: '缺', en: 'missing' })}</strong>
              </button>
            </li>
          ))}
        </ul>
      </div>
      {at && map.pixels && <PixelShown id={id} at={at} close={() => setAt(undefined)} />}
    </div>
  )
}

/** `111.2,27.5` */
function pointOf(word: string | undefined): readonly [number, number] | undefined {
  const parts = (word ?? '')
    .split(/[,，\s]+/)
    .filter((p) => p !== '')
    .map(Number)
  return parts.length === 2 && parts.every(Number.isFinite) ? [parts[0]!, parts[1]!] : undefined
}

function PixelAsk({ at, ask }: { readonly at: string | undefined; readonly ask: (to: string | undefined) => void }) {
  const { t } = useLanguage()
  const [typed, setTyped] = useState(at ?? '')
  const [seen, see] = useState(at)
  // A click on the map fills the box in.
  if (seen !== at) {
    see(at)
    setTyped(at ?? '')
  }
  const point = pointOf(typed)
  return (
    <form
      className="tools"
      onSubmit={(e) => {
        e.preventDefault()
        if (point) ask(point.join(','))
      }}
    >
      <Input
        className="search"
        value={typed}
        onChange={(e) => setTyped(e.target.value)}
        aria-label={t({ zh: '经度,纬度 或 地图坐标 x,y', en: 'Longitude,latitude or x,y of the map' })}
        placeholder={t({ zh: '经度,纬度 或 x,y，如 111.2,27.5', en: 'lon,lat or x,y, as 111.2,27.5' })}
      />
      <Button htmlType="submit" disabled={!point}>
        {t({ zh: '看这个像元', en: 'Open this pixel' })}
      </Button>
    </form>
  )
}
