// What a user's outlet can have wrong.

import { defineProblems } from '../../kernel/index.ts'

export const problem = defineProblems({
  'raster.too-large-to-hold': {
    severity: 'red',
    zh: '这幅图有 {pixels} 个像元，内存里放不下整幅，不能汇流。',
    en: 'The map has {pixels} pixels: it cannot be held whole in memory, and water cannot be routed over it.',
    hint: {
      zh: '请按流域裁开，或换用较大的像元，或在内存更大的机器上运行。',
      en: 'Cut it along a watershed, use larger pixels, or run it on a machine with more memory.',
    },
  },
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
  'raster.not-of-terrain': {
    severity: 'red',
    zh: '规则 {rule} 要用“{name}”，地形给不出。',
    en: 'The rule {rule} wants "{name}", which no terrain gives.',
    hint: {
      zh: '请选只用坡度、坡长、汇水像元数、像元边长、流向展开系数的坡长坡度规则。',
      en: 'Choose a rule of length and steepness that rests on slope, slope length, drained pixels, pixel side and flow width.',
    },
  },
} as const)

export const outletMissing = (outlet: string) => problem('raster.outlet-missing', { outlet })
