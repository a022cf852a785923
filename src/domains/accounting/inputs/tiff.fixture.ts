// The smallest GeoTIFF that says what a map says: one band, one strip, scale, tie point, coordinate system, no-data.

export interface TinyMap {
  readonly width: number
  readonly height: number
  readonly values: readonly number[]
  readonly type: 'uint8' | 'int16'
  /** EPSG 4490 is geographic; everything else here is projected. */
  readonly epsg: number
  readonly origin: readonly [number, number]
  readonly pixel: number
  readonly nodata: string
}

/** TIFF 6.0 little-endian with the tags of GeoTIFF 1.1. */
export function tinyTiff(map: TinyMap): Uint8Array {
  const bytes = map.type === 'uint8' ? 1 : 2
  const geographic = map.epsg === 4490
  const keys = [1, 1, 0, 3, 1024, 0, 1, geographic ? 2 : 1, 1025, 0, 1, 1, geographic ? 2048 : 3072, 0, 1, map.epsg]
  const nodata = [...`${map.nodata}\0`].map((c) => c.charCodeAt(0))
  type Tag = readonly [tag: number, type: 2 | 3 | 4 | 12, values: readonly number[]]
  const tags: readonly Tag[] = [
    [256, 3, [map.width]],
    [257, 3, [map.height]],
    [258, 3, [bytes * 8]],
    [259, 3, [1]],
    [262, 3, [1]],
    [273, 4, [0]],
    [277, 3, [1]],
    [278, 3, [map.height]],
    [279, 4, [map.values.length * bytes]],
    [339, 3, [map.type === 'uint8' ? 1 : 2]],
    [33550, 12, [map.pixel, map.pixel, 0]],
    [33922, 12, [0, 0, 0, map.origin[0], map.origin[1], 0]],
    [34735, 3, keys],
    [42113, 2, nodata],
  ]
  const SIZE = { 2: 1, 3: 2, 4: 4, 12: 8 } as const
  const directory = 8
  const extra = directory + 2 + tags.length * 12 + 4
  const extraBytes = tags.reduce((n, [, type, v]) => n + (SIZE[type] * v.length > 4 ? SIZE[type] * v.length : 0), 0)
  const pixels = extra + extraBytes
  const out = new DataView(new ArrayBuffer(pixels + map.values.length * bytes))
  const put = (type: Tag[1], at: number, v: number): void => {
    if (type === 2) out.setUint8(at, v)
    else if (type === 3) out.setUint16(at, v, true)
    else if (type === 4) out.setUint32(at, v, true)
    else out.setFloat64(at, v, true)
  }
  out.setUint16(0, 0x4949, true)
  out.setUint16(2, 42, true)
  out.setUint32(4, directory, true)
  out.setUint16(directory, tags.length, true)
  let free = extra
  tags.forEach(([tag, type, given], k) => {
    const values = tag === 273 ? [pixels] : given
    const at = directory + 2 + k * 12
    out.setUint16(at, tag, true)
    out.setUint16(at + 2, type, true)
    out.setUint32(at + 4, values.length, true)
    const size = SIZE[type] * values.length
    const start = size > 4 ? free : at + 8
    if (size > 4) {
      out.setUint32(at + 8, free, true)
      free += size
    }
    values.forEach((v, n) => put(type, start + n * SIZE[type], v))
  })
  map.values.forEach((v, n) => (bytes === 1 ? out.setUint8(pixels + n, v) : out.setInt16(pixels + n * 2, v, true)))
  return new Uint8Array(out.buffer)
}
