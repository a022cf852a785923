// What a user's outlet can have wrong.

import { defineProblems } from '../../kernel/index.ts'

export const problem = defineProblems({
  'raster.outlet-missing': {
    severity: 'red',
    zh: '出水口“{outlet}”不是一个点。',
    en: 'The outlet “{outlet}” is not one point.',
    hint: {
      zh: '请给出“x,y”（高程图的坐标），或只含一个点的文件（.shp、.gpkg、.geojson）。',
      en: 'Give “x,y” in the coordinates of the elevation, or a file with a single point (.shp, .gpkg, .geojson).',
    },
  },
  'raster.outlet-outside': {
    severity: 'red',
    zh: '出水口（{x}, {y}）附近没有高程。',
    en: 'There is no elevation near the outlet ({x}, {y}).',
    hint: {
      zh: '请检查点的坐标与坐标系是否和高程图一致。',
      en: 'Check that the point has the coordinates and the coordinate system of the elevation.',
    },
  },
} as const)

export const outletMissing = (outlet: string) => problem('raster.outlet-missing', { outlet })
