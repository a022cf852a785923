// The zones of an account on a plain sheet: no base map, no tiles, nothing fetched. A click opens the zone or, where the account
// has rasters, the pixel under it. The library comes when the first map is opened.

import { use, useEffect, useRef } from 'react'
import type { Lang } from '../../kernel/index.ts'
import type { ZoneMap, ZoneProperties } from '../../server/told/index.ts'

const load = async () => {
  const [map, view, layer, source, format, style, interaction, control, feature, point, proj] = await Promise.all([
    import('ol/Map.js'),
    import('ol/View.js'),
    import('ol/layer/Vector.js'),
    import('ol/source/Vector.js'),
    import('ol/format/GeoJSON.js'),
    import('ol/style.js'),
    import('ol/interaction.js'),
    import('ol/control.js'),
    import('ol/Feature.js'),
    import('ol/geom/Point.js'),
    import('ol/proj.js'),
  ])
  return {
    Map: map.default,
    View: view.default,
    VectorLayer: layer.default,
    VectorSource: source.default,
    GeoJSON: format.default,
    Feature: feature.default,
    Point: point.default,
    ...style,
    interactions: interaction.defaults,
    ScaleLine: control.ScaleLine,
    Zoom: control.Zoom,
    toLonLat: proj.toLonLat,
    fromLonLat: proj.fromLonLat,
  }
}
let loading: ReturnType<typeof load> | undefined

const SHEET = 'EPSG:3857'
const isLonLat = ([x, y]: readonly [number, number]): boolean => Math.abs(x) <= 180 && Math.abs(y) <= 90
const FONT = "12px 'Noto Sans SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif"

export interface ZoneMapProps {
  readonly map: ZoneMap
  readonly lang: Lang
  readonly label: string
  readonly chosen: string | undefined
  readonly at: readonly [number, number] | undefined
  readonly pick: (zone: ZoneProperties | undefined, at: readonly [number, number]) => void
}

export function ZoneMapShown({ map, lang, label, chosen, at, pick }: ZoneMapProps) {
  const ol = use((loading ??= load()))
  const box = useRef<HTMLDivElement>(null)
  const picked = useRef(pick)
  const drawn = useRef<{
    readonly redraw: () => void
    readonly pin: (at: readonly [number, number] | undefined) => void
  }>(null)
  const shown = useRef(chosen)
  useEffect(() => {
    picked.current = pick
  })
  useEffect(() => {
    // A conformal sheet keeps the shapes one knows; what is in metres already stays as it is.
    const zones = new ol.VectorSource({
      features: new ol.GeoJSON(
        map.degrees ? { dataProjection: 'EPSG:4326', featureProjection: SHEET } : {},
      ).readFeatures(map.zones),
    })
    const outward = (c: readonly number[]): readonly [number, number] => {
      const [x, y] = map.degrees ? ol.toLonLat([...c]) : c
      return [x!, y!]
    }
    const inward = (c: readonly [number, number]): number[] =>
      isLonLat(c) && map.degrees ? ol.fromLonLat([...c]) : [...c]
    const pins = new ol.VectorSource()
    const style = (feature: { get(name: string): unknown; getId(): unknown }) => {
      const colour = feature.get('colour') as string | undefined
      const name = feature.get('name') as ZoneProperties['name']
      const on = feature.getId() === shown.current
      return new ol.Style({
        fill: new ol.Fill({ color: colour ?? '#f0f0f0' }),
        stroke: new ol.Stroke({
          color: on ? '#b3261e' : '#4c5864',
          width: on ? 3 : 1,
          ...(colour === undefined ? { lineDash: [4, 3] } : {}),
        }),
        text: new ol.Text({
          text: name[lang],
          font: FONT,
          fill: new ol.Fill({ color: '#16202a' }),
          stroke: new ol.Stroke({ color: '#ffffff', width: 3 }),
          overflow: false,
        }),
        zIndex: on ? 1 : 0,
      })
    }
    const pinStyle = new ol.Style({
      image: new ol.Circle({
        radius: 6,
        fill: new ol.Fill({ color: '#b3261e' }),
        stroke: new ol.Stroke({ color: '#ffffff', width: 2 }),
      }),
    })
    const zoneLayer = new ol.VectorLayer({ source: zones, style: style as never })
    const view = new ol.View({ projection: SHEET, showFullExtent: true })
    const sheet = new ol.Map({
      target: box.current!,
      layers: [zoneLayer, new ol.VectorLayer({ source: pins, style: pinStyle })],
      view,
      controls: [
        new ol.Zoom({ zoomInTipLabel: '+', zoomOutTipLabel: '−' }),
        ...(map.degrees ? [new ol.ScaleLine()] : []),
      ],
      // The page scrolls over the map; zooming is by the buttons, the keys + and − or two fingers.
      interactions: ol.interactions({ mouseWheelZoom: false }),
    })
    const extent = zones.getExtent()
    if (extent) view.fit(extent, { padding: [16, 16, 40, 16], size: sheet.getSize()! })
    sheet.on('singleclick', (e) => {
      const found = sheet.forEachFeatureAtPixel(e.pixel, (f) => f, { layerFilter: (l) => l === zoneLayer })
      picked.current(found?.getProperties() as ZoneProperties | undefined, outward(e.coordinate))
    })
    sheet.on('pointermove', (e) => {
      box.current!.style.cursor = sheet.hasFeatureAtPixel(e.pixel) ? 'pointer' : ''
    })
    drawn.current = {
      redraw: () => zones.changed(),
      pin: (p) => {
        pins.clear()
        if (p) pins.addFeature(new ol.Feature(new ol.Point(inward(p))))
      },
    }
    return () => sheet.setTarget(undefined)
  }, [ol, map, lang])
  useEffect(() => {
    shown.current = chosen
    drawn.current?.redraw()
  }, [chosen, map, ol, lang])
  useEffect(() => drawn.current?.pin(at), [at, map, ol, lang])
  return <div ref={box} className="zone-map" role="group" aria-label={label} tabIndex={0} />
}
