// What can be wrong with the words of `qingshan raster`, each with what to write instead.

import { defineProblems } from '../kernel/index.ts'

export const problem = defineProblems({
  'raster-command.rule': {
    severity: 'red',
    zh: '不认识规则“{value}”。',
    en: 'The rule "{value}" is not known.',
    hint: { zh: '请写 --rule center 或 --rule exact。', en: 'Write --rule center or --rule exact.' },
  },
  'raster-command.band': {
    severity: 'red',
    zh: '“{value}”不是波段号。',
    en: '"{value}" is not the number of a band.',
    hint: { zh: '波段从 1 起，例如 --band 1。', en: 'Bands count from 1, for example --band 1.' },
  },
  'raster-command.datum': {
    severity: 'red',
    zh: '不认识“{value}”。',
    en: '"{value}" is not known.',
    hint: { zh: '只有 GCJ-02 坐标需要写 --datum GCJ-02。', en: 'Only GCJ-02 coordinates need --datum GCJ-02.' },
  },
  'raster-command.no-field': {
    severity: 'red',
    zh: '分区图层没有字段“{field}”。',
    en: 'The zones have no field "{field}".',
    hint: { zh: '现有字段：{fields}。', en: 'They have: {fields}.' },
  },
  'raster-command.no-id': {
    severity: 'yellow',
    zh: '{count} 个要素的“{field}”为空或没有多边形（首个为第 {first} 个），未统计。',
    en: '{count} features have no "{field}" or no polygon (the first is number {first}) and are left out.',
    hint: { zh: '请补全编号与图形。', en: 'Complete their ids and shapes.' },
  },
  'raster-command.zones-crs': {
    severity: 'red',
    zh: '分区图层没有说明坐标系，或坐标系（{found}）不认识。',
    en: 'The zones do not state their coordinate system, or it ({found}) is not understood.',
    hint: {
      zh: '请在 GIS 软件中定义投影（Shapefile 需带 .prj）后再用。',
      en: 'Define the projection in a GIS; a shapefile needs its .prj.',
    },
  },
  'raster-command.not-degrees': {
    severity: 'red',
    zh: 'GCJ-02 只用于经纬度坐标，分区图层是投影坐标。',
    en: 'GCJ-02 belongs to longitude and latitude; the zones are projected.',
    hint: { zh: '请提供经纬度的边界图层。', en: 'Bring the boundaries in longitude and latitude.' },
  },
})
