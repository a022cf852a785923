// The map library, fetched when the first map of a page is opened.

async function load() {
  const [
    map,
    view,
    vector,
    tiles,
    source,
    tileSource,
    geojson,
    mvt,
    style,
    interaction,
    control,
    feature,
    proj,
    polygon,
  ] = await Promise.all([
    import('ol/Map.js'),
    import('ol/View.js'),
    import('ol/layer/Vector.js'),
    import('ol/layer/VectorTile.js'),
    import('ol/source/Vector.js'),
    import('ol/source/VectorTile.js'),
    import('ol/format/GeoJSON.js'),
    import('ol/format/MVT.js'),
    import('ol/style.js'),
    import('ol/interaction.js'),
    import('ol/control.js'),
    import('ol/Feature.js'),
    import('ol/proj.js'),
    import('ol/geom.js'),
  ])
  return {
    Map: map.default,
    View: view.default,
    VectorLayer: vector.default,
    VectorTileLayer: tiles.default,
    VectorSource: source.default,
    VectorTileSource: tileSource.default,
    GeoJSON: geojson.default,
    MVT: mvt.default,
    Feature: feature.default,
    Style: style.Style,
    Fill: style.Fill,
    Stroke: style.Stroke,
    Text: style.Text,
    Circle: style.Circle,
    interactions: interaction.defaults,
    Draw: interaction.Draw,
    Modify: interaction.Modify,
    Snap: interaction.Snap,
    ScaleLine: control.ScaleLine,
    Zoom: control.Zoom,
    toLonLat: proj.toLonLat,
    fromLonLat: proj.fromLonLat,
    pointResolution: proj.getPointResolution,
    Point: polygon.Point,
  }
}

export type OpenLayers = Awaited<ReturnType<typeof load>>
let loading: Promise<OpenLayers> | undefined

/** For `use` within a Suspense. */
export const openLayers = (): Promise<OpenLayers> => (loading ??= load())
