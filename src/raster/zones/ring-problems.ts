// What is wrong with the polygons of a layer, said to the person who drew them: which feature, which ring, where.

import type { Polygon } from '../../core/exchange-formats/index.ts'
import { defineProblems, type Place, type Problem } from '../../kernel/index.ts'
import { checkPolygon, type RingFaultKind } from './ring-checks.ts'

const repair = {
  zh: '请在 GIS 软件里修复几何（QGIS：修正几何图形）后重新导出。',
  en: 'Repair the geometry in a GIS (QGIS: Fix geometries) and export it again.',
}

const problem = defineProblems({
  'raster.polygon-open': {
    severity: 'red',
    zh: '“{feature}”的第 {ring} 个环没有闭合（{x}, {y} 附近）。',
    en: 'Ring {ring} of "{feature}" is not closed (near {x}, {y}).',
    hint: repair,
  },
  'raster.polygon-few-points': {
    severity: 'red',
    zh: '“{feature}”的第 {ring} 个环不足三个不同的点（{x}, {y} 附近）。',
    en: 'Ring {ring} of "{feature}" has fewer than three different points (near {x}, {y}).',
    hint: repair,
  },
  'raster.polygon-not-finite': {
    severity: 'red',
    zh: '“{feature}”的第 {ring} 个环有不是数的坐标。',
    en: 'Ring {ring} of "{feature}" has a coordinate that is no number.',
    hint: repair,
  },
  'raster.polygon-zero-area': {
    severity: 'yellow',
    zh: '“{feature}”的第 {ring} 个环没有面积（{x}, {y} 附近），不会盖住任何像元。',
    en: 'Ring {ring} of "{feature}" has no area (near {x}, {y}); it covers no pixel.',
    hint: repair,
  },
  'raster.polygon-crosses': {
    severity: 'red',
    zh: '“{feature}”的边界在 {x}, {y} 附近与自身相交（第 {ring} 个环）。',
    en: 'The border of "{feature}" crosses itself near {x}, {y} (ring {ring}).',
    hint: repair,
  },
} as const)

const CODES = {
  open: 'raster.polygon-open',
  'few-points': 'raster.polygon-few-points',
  'not-finite': 'raster.polygon-not-finite',
  'zero-area': 'raster.polygon-zero-area',
  crosses: 'raster.polygon-crosses',
} as const satisfies Readonly<Record<RingFaultKind, string>>

/** The faults of one feature; rings count from 1 through all its polygons. `feature` is its name or code. */
export function polygonProblems(feature: string, polygons: readonly Polygon[], at?: Place): readonly Problem[] {
  return checkPolygon(polygons).map((fault) => {
    const ring = polygons.slice(0, fault.polygon).reduce((n, rings) => n + rings.length, 0) + fault.ring + 1
    const [x, y] = fault.at.map((v) => String(Math.round(v * 1e6) / 1e6)) as [string, string]
    return problem(CODES[fault.kind], { feature, ring, x, y }, at)
  })
}
