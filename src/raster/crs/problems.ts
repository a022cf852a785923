// Every problem a coordinate system can be, each with what the owner of the map does next.
// Always holds: a system that is not stated or not understood is a question; none is ever guessed.

import { defineProblems } from '../../kernel/index.ts'

export const problem = defineProblems({
  'raster.no-crs': {
    severity: 'red',
    zh: '文件没有说明坐标系。',
    en: 'The file does not state its coordinate system.',
    hint: {
      zh: '请向数据提供方问明坐标系（如 CGCS2000 / 3 度带第 38 带），在声明中写明，或在 GIS 软件中“定义投影”后重新保存。',
      en: 'Ask who made the data for its coordinate system (for instance CGCS2000 / 3-degree zone 38), declare it, or define the projection in a GIS and save again.',
    },
  },
  'raster.unknown-crs': {
    severity: 'red',
    zh: '不认识文件的坐标系：{found}。',
    en: 'The coordinate system of the file is not understood: {found}.',
    hint: {
      zh: '请在 GIS 软件中重投影为 CGCS2000 的高斯–克吕格 3 度带、Albers 或经纬度（EPSG:4490）后再用。',
      en: 'Reproject it in a GIS to CGCS2000 Gauss–Krüger 3-degree zones, Albers, or longitude and latitude (EPSG:4490).',
    },
  },
  'raster.datum-differs': {
    severity: 'red',
    zh: '两份数据的大地基准不同（{from} 与 {to}），不能自行换算。',
    en: 'The two data stand on different geodetic datums ({from} and {to}), between which nothing is converted by guess.',
    hint: {
      zh: '基准转换要用测绘主管部门给出的参数：请先用正式参数把数据转换到同一基准。',
      en: 'A shift of datum needs the parameters of the surveying authority: convert the data to one datum with them first.',
    },
  },
} as const)
