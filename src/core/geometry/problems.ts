// What can be wrong with a shape, each with its place and what its owner does next.

import { defineProblems } from '../../kernel/index.ts'

const redraw = {
  zh: '请退回提供单位，在该处重新勾绘后再提交。',
  en: 'Return it to whoever drew it, to be drawn again at that place.',
}
const see = {
  zh: '可以自动修复：请先看修复前后的对照和面积变化，再确认。',
  en: 'It can be repaired: look at before, after and the change of area first, then accept.',
}

export const geometryProblem = defineProblems({
  'geometry.tangled': {
    severity: 'red',
    zh: '边界在 {x}, {y} 附近过于纠结，无法分清内外。',
    en: 'The border is too tangled near {x}, {y} to tell inside from outside.',
    hint: redraw,
  },
  'geometry.not-finite': {
    severity: 'red',
    zh: '第 {ring} 个环里有不是数的坐标。',
    en: 'Ring {ring} has a coordinate that is no number.',
    hint: redraw,
  },
  'geometry.out-of-range': {
    severity: 'red',
    zh: '坐标 {x}, {y} 不在经纬度范围内。',
    en: 'The coordinate {x}, {y} is no longitude and latitude.',
    hint: {
      zh: '请核对坐标系：投影坐标要写明带号或中央经线。',
      en: 'Check the coordinate system: projected coordinates want their zone or central meridian.',
    },
  },
  'geometry.no-area': {
    severity: 'red',
    zh: '第 {ring} 个环没有面积（{x}, {y} 附近）。',
    en: 'Ring {ring} has no area (near {x}, {y}).',
    hint: redraw,
  },
  'geometry.open': {
    severity: 'yellow',
    zh: '第 {ring} 个环没有闭合（{x}, {y}）。',
    en: 'Ring {ring} is not closed ({x}, {y}).',
    hint: see,
  },
  'geometry.crosses': {
    severity: 'red',
    zh: '边界在 {x}, {y} 处与自身交叉（第 {ring} 个环）。',
    en: 'The border crosses itself at {x}, {y} (ring {ring}).',
    hint: see,
  },
  'geometry.touches': {
    severity: 'yellow',
    zh: '边界在 {x}, {y} 处与自身相接（第 {ring} 个环）。',
    en: 'The border touches itself at {x}, {y} (ring {ring}).',
    hint: see,
  },
  'geometry.spike': {
    severity: 'yellow',
    zh: '边界在 {x}, {y} 处往返重叠，形成毛刺（第 {ring} 个环）。',
    en: 'The border runs back over itself at {x}, {y}, which makes a spike (ring {ring}).',
    hint: see,
  },
  'geometry.duplicate': {
    severity: 'yellow',
    zh: '{x}, {y} 处有重复的点（第 {ring} 个环）。',
    en: 'There is a point twice at {x}, {y} (ring {ring}).',
    hint: see,
  },
  'geometry.parts-overlap': {
    severity: 'red',
    zh: '同一图形的各部分在 {x}, {y} 附近互相重叠。',
    en: 'Parts of one shape overlap near {x}, {y}.',
    hint: see,
  },
  'geometry.hole-outside': {
    severity: 'red',
    zh: '第 {ring} 个环是洞，但不在外环之内（{x}, {y} 附近）。',
    en: 'Ring {ring} is a hole but lies outside its outer ring (near {x}, {y}).',
    hint: see,
  },
  'geometry.doubtful': {
    severity: 'red',
    zh: '边界在 {x}, {y} 附近绕了两圈，{areaM2} 平方米算内还是算外无法判断。',
    en: 'The border winds twice around {areaM2} m² near {x}, {y}: inside or outside cannot be told.',
    hint: redraw,
  },
  'geometry.nothing-left': {
    severity: 'red',
    zh: '修复后没有面积留下。',
    en: 'Nothing with an area is left after the repair.',
    hint: redraw,
  },
  'geometry.not-an-area': {
    severity: 'red',
    zh: '这个图形不是面，不能这样办理。',
    en: 'This shape is no area; this cannot be done with it.',
    hint: { zh: '请选择面状图形。', en: 'Choose a shape that is an area.' },
  },
  'geometry.does-not-cut': {
    severity: 'red',
    zh: '分割线没有把图形分成几块。',
    en: 'The line does not cut the shape into parts.',
    hint: {
      zh: '分割线要从边界外画到边界外，穿过图形。',
      en: 'Draw the line from outside to outside, through the shape.',
    },
  },
  'geometry.do-not-touch': {
    severity: 'red',
    zh: '要合并的图形没有公共边界。',
    en: 'The shapes to be merged share no border.',
    hint: {
      zh: '不相邻的图形合并后是多部件；确需合并的，请注明“允许多部件”。',
      en: 'Shapes apart become one of several parts; say that several parts are allowed if that is meant.',
    },
  },
})
