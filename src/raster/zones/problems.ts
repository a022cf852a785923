// Every problem zones on a grid can have, each with what its owner does next.

import { defineProblems } from '../../kernel/index.ts'

export const problem = defineProblems({
  'raster.zones-overlap': {
    severity: 'yellow',
    zh: '分区“{first}”与“{second}”重叠 {pixels} 个像元；重叠处计入排在前面的“{first}”。',
    en: 'Zones "{first}" and "{second}" overlap in {pixels} pixels; they count for "{first}", which comes first.',
    hint: {
      zh: '请核对边界图层；每个像元只能属于一个分区。',
      en: 'Check the boundary layer; each pixel can belong to one zone only.',
    },
  },
  'raster.zones-overlap-more': {
    severity: 'yellow',
    zh: '另有 {pairs} 对分区重叠，共 {pixels} 个像元。',
    en: '{pairs} more pairs of zones overlap, in {pixels} pixels.',
    hint: {
      zh: '请先消除边界图层中的重叠面。',
      en: 'Remove the overlapping areas of the boundary layer first.',
    },
  },
  'raster.zones-beyond': {
    severity: 'yellow',
    zh: '{count} 个分区超出栅格范围（如“{first}”），只统计栅格以内的部分。',
    en: '{count} zones reach beyond the raster (such as "{first}"); only the part inside is counted.',
    hint: {
      zh: '请换用覆盖全部分区的栅格，或核对两者的坐标系。',
      en: 'Use a raster that covers all zones, or check the coordinate systems of both.',
    },
  },
  'raster.zone-outside-projection': {
    severity: 'red',
    zh: '边界的一个点（{x}, {y}）不能换算到栅格的坐标系“{crs}”。',
    en: 'A point of the boundaries ({x}, {y}) has no place in the coordinate system "{crs}" of the raster.',
    hint: {
      zh: '请核对边界与栅格的坐标系，或裁去离栅格很远的部分。',
      en: 'Check the coordinate systems of both, or clip what lies far from the raster.',
    },
  },
} as const)
