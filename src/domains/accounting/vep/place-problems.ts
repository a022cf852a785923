// What can be wrong with polygons drawn on the maps of an account, each with what the person who drew them does next.

import { defineProblems } from '../../../kernel/index.ts'

export const problem = defineProblems({
  'place.no-maps': {
    severity: 'red',
    zh: '“{title}”没有地图，不能在上面划地块。',
    en: '"{title}" has no maps to draw a place on.',
    hint: {
      zh: '请换一份登记了土地覆被图（land-cover）的核算清单。',
      en: 'Name an account whose list has a land-cover map.',
    },
  },
  'place.no-methods': {
    severity: 'red',
    zh: '“{title}”没有一个逐像元的方法能算，地块没有结果。',
    en: '"{title}" has no method over maps that can be computed, so a place has no result.',
    hint: {
      zh: '请先运行 qingshan account run，看缺少哪些资料。',
      en: 'Run qingshan account run first and see what is lacking.',
    },
  },
  'place.outside': {
    severity: 'red',
    zh: '地块“{place}”在地图范围之外：没有一个有类型的像元中心落在里面。',
    en: 'Place "{place}" is outside the maps: no pixel centre with a type lies in it.',
    hint: {
      zh: '请检查坐标系、经纬度是否写反，以及地块是否小于一个像元。',
      en: 'Check the coordinate system, whether longitude comes first, and whether the place is smaller than a pixel.',
    },
  },
  'place.partly': {
    severity: 'yellow',
    zh: '地块“{place}”只有 {share} % 在地图上；数量只是这一部分的，没有放大。',
    en: 'Only {share} % of place "{place}" is on the maps; quantities are of that part and are not scaled up.',
    hint: {
      zh: '请改用覆盖整个地块的地图，或缩小地块。',
      en: 'Use maps that cover the whole place, or draw it smaller.',
    },
  },
  'place.regions': {
    severity: 'yellow',
    zh: '地块“{place}”跨 {count} 个地区；按地区给出的数（如雨量）一律取{region}的，它占 {share} %。',
    en: 'Place "{place}" lies in {count} regions; numbers given by region (rain) are those of {region}, which has {share} %.',
    hint: {
      zh: '如要各用各的数，请按地区界线把地块分开。',
      en: 'Cut the place along the border where each part should have its own numbers.',
    },
  },
  'place.same-id': {
    severity: 'red',
    zh: '两个地块都叫“{place}”。',
    en: 'Two places are called "{place}".',
    hint: { zh: '请让每个地块的编号各不相同。', en: 'Give every place an id of its own.' },
  },
  'place.no-id': {
    severity: 'red',
    zh: '第 {number} 个地块的 {field} 是空的。',
    en: 'Feature {number} has no {field}.',
    hint: {
      zh: '请补上编号，或不写 --id（按顺序编号）。',
      en: 'Fill it in, or leave out --id to number them in order.',
    },
  },
} as const)
