// A map with what belongs to it: buttons for drawing and measuring, the drawn shape as typed corners, a legend, and a sheet for the
// printer with frame, title, north, legend, scale, coordinate system, day, and the words that a map without a review number must carry.

import { Button, Input } from 'antd'
import { Suspense, useEffect, useState, type ReactNode } from 'react'
import { civilDateIn, instant, type Text } from '../../kernel/index.ts'
import { useLanguage } from '../language.tsx'
import { Waiting } from '../states.tsx'
import { LOOKS, type Geometry, type MapLayer } from './layers.ts'
import { MapSheet, SNAP_PIXELS, type MapSheetProps } from './map-sheet.tsx'
import { shapeTyped, typedOf, type Kind } from './typed-shape.ts'

export interface Measured {
  /** Each with its unit, ready to be read. */
  readonly lines: readonly Text[]
}

export interface MapBoxProps extends Omit<MapSheetProps, 'lang' | 'drawing' | 'drawn' | 'onDrawn' | 'onScale'> {
  readonly title: Text
  /** Kinds one may draw here; none: only looking. */
  readonly draws?: readonly Kind[]
  readonly drawn?: Geometry | undefined
  readonly onDrawn?: (shape: Geometry | undefined) => void
  /** Asked for what is drawn. */
  readonly measure?: (shape: Geometry) => Promise<Measured>
  readonly mapNumber?: string | undefined
  readonly children?: ReactNode
}

const KINDS: Readonly<Record<Kind, Text>> = {
  Polygon: { zh: '画面', en: 'Draw an area' },
  LineString: { zh: '画线', en: 'Draw a line' },
  Point: { zh: '画点', en: 'Draw a point' },
}

export function MapBox({ title, draws = [], drawn, onDrawn, measure, mapNumber, children, ...sheet }: MapBoxProps) {
  const { t, lang } = useLanguage()
  const [drawing, draw] = useState<Kind>()
  const [metres, setMetres] = useState<number>()
  const measured = useMeasured(drawn, measure)
  return (
    <figure className="map-box">
      <figcaption>{t(title)}</figcaption>
      {draws.length > 0 && (
        <div className="tools" role="toolbar" aria-label={t({ zh: '画图', en: 'Drawing' })}>
          {draws.map((kind) => (
            <Button
              key={kind}
              size="small"
              aria-pressed={drawing === kind}
              type={drawing === kind ? 'primary' : 'default'}
              onClick={() => draw(drawing === kind ? undefined : kind)}
            >
              {t(KINDS[kind])}
            </Button>
          ))}
          <Button size="small" disabled={!drawn} onClick={() => onDrawn?.(undefined)}>
            {t({ zh: '清除', en: 'Clear' })}
          </Button>
          <span className="hint">
            {drawing
              ? `${t({
                  zh: '单击加点，双击结束。',
                  en: 'Click for corners, double-click to end.',
                })}${t(snapWords(metres))}`
              : drawn && t({ zh: '拖动界址点可以修改。', en: 'Drag a corner to change it.' })}
          </span>
        </div>
      )}
      <div className="map-frame">
        <span className="map-north" role="img" aria-label={t({ zh: '上方为北', en: 'North is up' })}>
          <span aria-hidden="true">{t({ zh: '北', en: 'N' })}</span>
        </span>
        <Suspense fallback={<MapWaiting />}>
          <MapSheet
            {...sheet}
            lang={lang}
            drawing={drawing}
            drawn={drawn}
            onDrawn={(shape) => {
              draw(undefined)
              onDrawn?.(shape)
            }}
            onScale={setMetres}
          />
        </Suspense>
      </div>
      <Legend layers={sheet.layers} />
      {measured && (
        <p className="measured" role="status">
          {measured.lines.map((line) => t(line)).join('　')}
        </p>
      )}
      {draws.length > 0 && onDrawn && <Typed kinds={draws} drawn={drawn} onDrawn={onDrawn} />}
      {children}
      <p className="hint">
        {mapNumber === undefined
          ? t({
              zh: '内部资料，无审图号，不得公开。无底图；坐标为 2000 国家大地坐标系（CGCS2000，EPSG:4490），图面为墨卡托投影。',
              en: 'For internal use: no map review number, not to be published. No base map; coordinates in CGCS2000 (EPSG:4490), drawn in Mercator.',
            })
          : t({ zh: `审图号 ${mapNumber}。无底图。`, en: `Map review number ${mapNumber}. No base map.` })}
        <span className="map-day"> {t({ zh: `制图日期 ${today()}`, en: `Drawn on ${today()}` })}</span>
      </p>
    </figure>
  )
}

/** Takes the room of the sheet while it is read, so that what stands below stays where one is about to click. */
export function MapWaiting() {
  return (
    <div className="map-sheet">
      <Waiting />
    </div>
  )
}

/** The day in Beijing. */
const today = (): string => civilDateIn(instant(new Date().toISOString()), '+08:00')

/** How near is near, on the screen and on the ground. */
function snapWords(metresAPixel: number | undefined): Text {
  const metres = metresAPixel === undefined ? undefined : metresAPixel * SNAP_PIXELS
  const far = metres === undefined ? undefined : metres >= 10 ? String(Math.round(metres)) : metres.toFixed(1)
  return {
    zh: `离已有界址点、界线 ${SNAP_PIXELS} 像素${far === undefined ? '' : `（现在约 ${far} 米）`}以内自动吸附。`,
    en: ` Corners and borders within ${SNAP_PIXELS} pixels${far === undefined ? '' : ` (now about ${far} m)`} attract.`,
  }
}

function useMeasured(drawn: Geometry | undefined, measure: MapBoxProps['measure']): Measured | undefined {
  const [measured, tell] = useState<{ readonly of: Geometry; readonly result: Measured }>()
  useEffect(() => {
    if (!drawn || !measure) return undefined
    let wanted = true
    void measure(drawn).then(
      (result) => wanted && tell({ of: drawn, result }),
      () => wanted && tell(undefined),
    )
    return () => {
      wanted = false
    }
  }, [drawn, measure])
  return measured && measured.of === drawn ? measured.result : undefined
}

function Legend({ layers }: { readonly layers: readonly MapLayer[] }) {
  const { t } = useLanguage()
  return (
    <ul className="legend map-legend" aria-label={t({ zh: '图例', en: 'Legend' })}>
      {layers.map((layer) => {
        const { line, fill, dash } = LOOKS[layer.look]
        return (
          <li key={layer.id}>
            <span className="swatch" style={{ background: fill, border: `2px ${dash ? 'dashed' : 'solid'} ${line}` }} />{' '}
            {t(layer.title)}
            {layer.features && ` (${layer.features.length})`}
          </li>
        )
      })}
    </ul>
  )
}

/** The drawn shape as its corners, one a line, both ways. */
function Typed(p: {
  readonly kinds: readonly Kind[]
  readonly drawn: Geometry | undefined
  readonly onDrawn: (shape: Geometry) => void
}) {
  const { t } = useLanguage()
  const [typed, setTyped] = useState(typedOf(p.drawn))
  const [seen, see] = useState(p.drawn)
  const [kind, setKind] = useState<Kind>(p.kinds[0]!)
  const [wrong, setWrong] = useState<number>()
  if (seen !== p.drawn) {
    see(p.drawn)
    setTyped(typedOf(p.drawn))
    setWrong(undefined)
  }
  return (
    <details className="typed-shape">
      <summary>{t({ zh: '用坐标输入', en: 'Type the coordinates' })}</summary>
      <form
        onSubmit={(e) => {
          e.preventDefault()
          const shape = shapeTyped(typed, kind)
          if (typeof shape === 'number') setWrong(shape)
          else p.onDrawn(shape)
        }}
      >
        {p.kinds.length > 1 && (
          <label className="inline-label">
            {t({ zh: '图形', en: 'Shape' })}{' '}
            <select className="native" value={kind} onChange={(e) => setKind(e.target.value as Kind)}>
              {p.kinds.map((k) => (
                <option key={k} value={k}>
                  {t(SHAPES[k])}
                </option>
              ))}
            </select>
          </label>
        )}
        <Input.TextArea
          value={typed}
          onChange={(e) => setTyped(e.target.value)}
          autoSize={{ minRows: 3, maxRows: 10 }}
          spellCheck={false}
          aria-label={t({ zh: '界址点坐标，一行一个：经度, 纬度', en: 'Corners, one a line: longitude, latitude' })}
          placeholder={'112.938888, 28.228209\n112°56′24″E 28°13′42″N'}
          aria-invalid={wrong !== undefined}
        />
        {wrong !== undefined && (
          <p role="alert" className="warn">
            {wrong === 0
              ? t({ zh: '点数不够：面至少三点，线至少两点。', en: 'Too few corners: an area wants three, a line two.' })
              : t({ zh: `第 ${wrong} 行不是经纬度。`, en: `Line ${wrong} is no longitude and latitude.` })}
          </p>
        )}
        <Button htmlType="submit" size="small">
          {t({ zh: '画到图上', en: 'Put it on the map' })}
        </Button>
      </form>
    </details>
  )
}

const SHAPES: Readonly<Record<Kind, Text>> = {
  Polygon: { zh: '面', en: 'area' },
  LineString: { zh: '线', en: 'line' },
  Point: { zh: '点', en: 'point' },
}
