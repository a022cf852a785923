// A coordinate system in words people use: the datum, the kind of zone, and whether eastings carry the zone's number.

import type { Text } from '../../kernel/index.ts'
import type { Crs, Datum, TransverseMercator } from './model.ts'

const DATUM_ZH: Readonly<Record<Datum['id'], string | undefined>> = {
  wgs84: 'WGS 84',
  cgcs2000: 'CGCS2000',
  'beijing-1954': '1954 北京坐标系',
  'xian-1980': '1980 西安坐标系',
  other: undefined,
}

const meridian = (lon: number): string => `${Math.abs(lon)}°${lon < 0 ? 'W' : 'E'}`

/** `CGCS2000 / 3 度带第 38 带（带号在前）`. */
export function crsText(crs: Crs): Text {
  const zh = DATUM_ZH[crs.datum.id] ?? crs.datum.name
  const part = projectionText(crs)
  return { zh: `${zh} / ${part.zh}`, en: `${crs.datum.name} / ${part.en}` }
}

function projectionText(crs: Crs): Text {
  switch (crs.kind) {
    case 'geographic':
      return { zh: '经纬度', en: 'longitude and latitude' }
    case 'web-mercator':
      return { zh: 'Web 墨卡托（EPSG:3857）', en: 'Web Mercator (EPSG:3857)' }
    case 'transverse-mercator':
      return transverseText(crs)
    case 'albers':
    case 'lambert-conformal': {
      const [zh, en] =
        crs.kind === 'albers'
          ? ['Albers 等积圆锥', 'Albers equal area']
          : ['Lambert 等角圆锥', 'Lambert conformal conic']
      const one = crs.parallel1 === crs.parallel2
      const [a, b] = [`${crs.parallel1}°`, `${crs.parallel2}°`]
      return {
        zh: `${zh}（中央经线 ${meridian(crs.lon0)}，标准纬线 ${one ? a : `${a} 与 ${b}`}）`,
        en: `${en} (meridian ${meridian(crs.lon0)}, ${one ? `standard parallel ${a}` : `standard parallels ${a} and ${b}`})`,
      }
    }
  }
}

function transverseText(crs: TransverseMercator): Text {
  const lon = meridian(crs.lon0)
  const utm = (crs.lon0 + 183) / 6
  const isUtm = crs.k0 === 0.9996 && crs.falseEasting === 500000 && Number.isInteger(utm)
  if (isUtm && (crs.falseNorthing === 0 || crs.falseNorthing === 1e7)) {
    const zone = `${utm}${crs.falseNorthing === 0 ? 'N' : 'S'}`
    return { zh: `UTM 第 ${zone} 带`, en: `UTM zone ${zone}` }
  }
  const zone = (crs.falseEasting - 500000) / 1e6
  const width = zone * 3 === crs.lon0 ? 3 : zone * 6 - 3 === crs.lon0 ? 6 : undefined
  const plain = crs.k0 === 1 && crs.lat0 === 0 && crs.falseNorthing === 0
  if (plain && width !== undefined && Number.isInteger(zone) && zone > 0)
    return { zh: `${width} 度带第 ${zone} 带（带号在前）`, en: `${width}-degree zone ${zone} (zone number in front)` }
  if (plain && crs.falseEasting === 500000)
    return { zh: `高斯–克吕格，中央经线 ${lon}（不带带号）`, en: `Gauss–Krüger, meridian ${lon} (no zone number)` }
  return {
    zh: `横轴墨卡托（中央经线 ${lon}，比例 ${crs.k0}，东偏 ${crs.falseEasting} m，北偏 ${crs.falseNorthing} m）`,
    en: `transverse Mercator (meridian ${lon}, scale ${crs.k0}, false easting ${crs.falseEasting} m, false northing ${crs.falseNorthing} m)`,
  }
}
