// The one map of every screen: layers of shapes on a plain sheet without a base map, something chosen, something drawn. What it
// holds can be walked by keys as a list beside it (see MapList); drawing has its twin in typed corners (see DrawTools).

import { use, useEffect, useRef } from 'react'
import type { Lang } from '../../kernel/index.ts'
import { extentOf, LOOKS, type Geometry, type Look, type MapLayer, type Position } from './layers.ts'
import { openLayers, type OpenLayers } from './open-layers.ts'
import type { Kind } from './typed-shape.ts'

/** Longitude and latitude are drawn on a conformal sheet, which keeps the shapes one knows. */
const SHEET = 'EPSG:3857'
const DEGREES = 'EPSG:4326'
const FONT = "12px 'Noto Sans SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif"
/** How near the pointer takes a corner or a border of what is shown, in pixels. */
export const SNAP_PIXELS = 10
/** What is left of A4 inside the frame, at 96 pixels an inch. */
const PAPER = { width: '640px', height: '560px' }

export interface MapSheetProps {
  readonly layers: readonly MapLayer[]
  /** For who cannot see it: what is shown. */
  readonly label: string
  readonly lang: Lang
  readonly chosen?: string | undefined
  readonly pick?: ((id: string | undefined, at: Position) => void) | undefined
  /** Drawing such a shape now; undefined: looking. */
  readonly drawing?: Kind | undefined
  readonly drawn?: Geometry | undefined
  readonly onDrawn?: ((shape: Geometry) => void) | undefined
  /** Told how many metres a pixel is in the middle of the sheet. */
  readonly onScale?: ((metres: number) => void) | undefined
}

export function MapSheet(p: MapSheetProps) {
  const { layers, label, lang, chosen, drawing, drawn } = p
  const ol = use(openLayers())
  const box = useRef<HTMLDivElement>(null)
  const sheet = useRef<Sheet>(null)
  const latest = useRef(p)
  useEffect(() => {
    latest.current = p
  })
  useEffect(() => {
    const made = openSheet(ol, box.current!, latest)
    sheet.current = made
    return () => made.close()
  }, [ol])
  useEffect(() => sheet.current?.show(layers), [ol, layers])
  useEffect(() => sheet.current?.restyle(), [ol, chosen, lang])
  useEffect(() => sheet.current?.draw(drawing), [ol, drawing])
  useEffect(() => sheet.current?.put(drawn), [ol, drawn])
  return <div ref={box} className="map-sheet" role="group" aria-label={label} tabIndex={0} />
}

interface Sheet {
  show(layers: readonly MapLayer[]): void
  restyle(): void
  draw(kind: Kind | undefined): void
  put(shape: Geometry | undefined): void
  close(): void
}

/** @param latest the properties as they are now, for what happens later */
function openSheet(ol: OpenLayers, target: HTMLElement, latest: { readonly current: MapSheetProps }): Sheet {
  const geojson = new ol.GeoJSON({ dataProjection: DEGREES, featureProjection: SHEET })
  const view = new ol.View({ center: ol.fromLonLat([112, 28]), zoom: 7, projection: SHEET, maxZoom: 22 })
  const own = new ol.VectorSource()
  const ownLayer = new ol.VectorLayer({ source: own, style: () => styleOf(ol, 'drawn', false, undefined), zIndex: 50 })
  const map = new ol.Map({
    target,
    layers: [ownLayer],
    view,
    controls: [new ol.Zoom({ zoomInTipLabel: '+', zoomOutTipLabel: '−' }), new ol.ScaleLine()],
    // The page scrolls over the map; zooming is by the buttons, the keys + and − or two fingers.
    interactions: ol.interactions({ mouseWheelZoom: false }),
  })
  const modify = new ol.Modify({ source: own })
  map.addInteraction(modify)
  let shown: readonly ReturnType<typeof layerOf>[] = []
  let snaps: InstanceType<OpenLayers['Snap']>[] = []
  let pen: InstanceType<OpenLayers['Draw']> | undefined
  let fitted = ''

  const tell = (): void => {
    const feature = own.getFeatures()[0]
    const shape = feature?.getGeometry()
    if (shape) latest.current.onDrawn?.(rounded(geojson.writeGeometryObject(shape) as unknown as Geometry))
  }
  modify.on('modifyend', tell)
  map.on('moveend', () => {
    const [resolution, center] = [view.getResolution(), view.getCenter()]
    if (resolution !== undefined && center) latest.current.onScale?.(ol.pointResolution(SHEET, resolution, center, 'm'))
  })
  const paper = onPaper(map, view, target)
  map.on('singleclick', (e) => {
    if (pen) return
    const [lon, lat] = ol.toLonLat(e.coordinate)
    const found = map.forEachFeatureAtPixel(e.pixel, (f) => f.getId() ?? (f.get('id') as string | undefined), {
      layerFilter: (l) => l !== ownLayer,
      hitTolerance: 4,
    })
    latest.current.pick?.(found === undefined ? undefined : String(found), [lon!, lat!])
  })

  const layerOf = (layer: MapLayer, i: number) => {
    const style = (f: { getId(): unknown; get(name: string): unknown }) => {
      const id = String(f.getId() ?? f.get('id'))
      const look = (f.get('look') as Look | undefined) ?? layer.look
      return styleOf(ol, look, id === latest.current.chosen, f.get('label') as string | undefined)
    }
    if (layer.tiles !== undefined)
      return new ol.VectorTileLayer({
        source: new ol.VectorTileSource({ format: new ol.MVT({ idProperty: 'id' }), url: layer.tiles, maxZoom: 16 }),
        style: style as never,
        zIndex: i,
      })
    const features = (layer.features ?? []).map(({ id, geometry, label, look }) => {
      const feature = new ol.Feature(geojson.readGeometry(geometry)!)
      feature.setId(id)
      if (label !== undefined) feature.set('label', label)
      if (look !== undefined) feature.set('look', look)
      return feature
    })
    return new ol.VectorLayer({ source: new ol.VectorSource({ features }), style: style as never, zIndex: i })
  }
  const snapTo = (): void => {
    for (const s of snaps) map.removeInteraction(s)
    // Snapping must come after what moves corners.
    const sources = [own, ...shown.flatMap((layer) => (layer instanceof ol.VectorLayer ? [layer.getSource()!] : []))]
    snaps = sources.map((source) => new ol.Snap({ source: source as typeof own, pixelTolerance: SNAP_PIXELS }))
    for (const s of snaps) map.addInteraction(s)
  }
  return {
    show(layers) {
      for (const layer of shown) map.removeLayer(layer)
      shown = layers.map(layerOf)
      for (const layer of shown) map.addLayer(layer)
      snapTo()
      // Where it was moved to is kept while the same place is shown.
      const extent = extentOf(layers)
      const place = extent?.map((x) => x.toFixed(3)).join() ?? ''
      if (!extent || place === fitted) return
      fitted = place
      const corners = [ol.fromLonLat([extent[0], extent[1]]), ol.fromLonLat([extent[2], extent[3]])]
      view.fit(corners.flat(), { padding: [24, 24, 40, 24], size: map.getSize()!, maxZoom: 18 })
    },
    restyle: () => {
      for (const layer of shown) layer.changed()
    },
    draw(kind) {
      if (pen) map.removeInteraction(pen)
      pen = undefined
      if (kind === undefined) return
      pen = new ol.Draw({ source: own, type: kind, stopClick: true })
      pen.on('drawstart', () => own.clear())
      // The drawn feature joins its source after this event.
      pen.on('drawend', () => setTimeout(tell))
      map.addInteraction(pen)
      snapTo()
    },
    put(shape) {
      own.clear()
      if (shape) own.addFeature(new ol.Feature(geojson.readGeometry(shape)!))
    },
    close: () => {
      paper.close()
      map.setTarget(undefined)
    },
  }
}

/** The same piece of land is drawn anew in the size of the paper, so that its scale bar is true there, and afterwards as it was. */
function onPaper(
  map: InstanceType<OpenLayers['Map']>,
  view: InstanceType<OpenLayers['View']>,
  target: HTMLElement,
): { close(): void } {
  let before: { readonly resolution: number | undefined; readonly center: number[] | undefined } | undefined
  const size = (width: string, height: string): void => {
    Object.assign(target.style, { width, height })
    map.updateSize()
  }
  const begin = (): void => {
    const shown = map.getSize()
    if (before || !shown) return
    before = { resolution: view.getResolution(), center: view.getCenter() }
    const extent = view.calculateExtent(shown)
    size(PAPER.width, PAPER.height)
    view.fit(extent, { size: map.getSize()! })
    map.renderSync()
  }
  const end = (): void => {
    if (!before) return
    size('', '')
    view.setCenter(before.center)
    view.setResolution(before.resolution)
    before = undefined
  }
  addEventListener('beforeprint', begin)
  addEventListener('afterprint', end)
  return {
    close: () => {
      removeEventListener('beforeprint', begin)
      removeEventListener('afterprint', end)
    },
  }
}

function styleOf(ol: OpenLayers, look: Look, on: boolean, label: string | undefined) {
  const { line, width, dash, fill } = LOOKS[look]
  const stroke = new ol.Stroke({ color: line, width: on ? width + 2 : width, ...(dash ? { lineDash: [...dash] } : {}) })
  return new ol.Style({
    fill: new ol.Fill({ color: fill }),
    stroke,
    image: new ol.Circle({ radius: on ? 7 : 5, fill: new ol.Fill({ color: fill }), stroke }),
    ...(label === undefined
      ? {}
      : {
          text: new ol.Text({
            text: label,
            font: FONT,
            fill: new ol.Fill({ color: '#16202a' }),
            stroke: new ol.Stroke({ color: '#ffffff', width: 3 }),
            overflow: on,
          }),
        }),
    zIndex: on ? 1 : 0,
  })
}

/** A tenth of a millimetre is enough, and keeps what is typed readable. */
function rounded(shape: Geometry): Geometry {
  const round = (x: unknown): unknown =>
    Array.isArray(x) ? x.map(round) : typeof x === 'number' ? Number(x.toFixed(9)) : x
  return { type: shape.type, coordinates: round(shape.coordinates) } as Geometry
}
