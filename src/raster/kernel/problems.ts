// What can be wrong with asking a rule to run over pixels: before the first pixel, never at one.

import { defineProblems } from '../../kernel/index.ts'

export const problem = defineProblems({
  'raster.kernel-no-output': {
    severity: 'red',
    zh: '规则 {rule} 没有名为“{name}”的结果。',
    en: 'Rule {rule} gives no "{name}".',
    hint: { zh: '请从规则的 gives 里选一项：{known}。', en: 'Choose one of what the rule gives: {known}.' },
  },
  'raster.kernel-missing-input': {
    severity: 'red',
    zh: '规则 {rule} 逐像元计算“{output}”缺少“{name}”。',
    en: 'Rule {rule} needs "{name}" to calculate "{output}" pixel by pixel.',
    hint: { zh: '请给它一个图层、一个参数或一个数。', en: 'Give it a layer, a parameter or a number.' },
  },
  'raster.kernel-unknown-input': {
    severity: 'red',
    zh: '规则 {rule} 没有“{name}”这一项输入或参数。',
    en: 'Rule {rule} has no input or parameter "{name}".',
    hint: {
      zh: '请对照规则的 inputs 和 params 检查名称。',
      en: 'Compare the name with inputs and params of the rule.',
    },
  },
  'raster.kernel-wrong-input': {
    severity: 'red',
    zh: '规则 {rule} 的“{name}”应以 {want} 计，图层给的是 {have}。',
    en: '"{name}" of rule {rule} is counted in {want} but the layer comes in {have}.',
    hint: {
      zh: '请检查图层的单位，例如把 tC 当作 tCO2。',
      en: 'Check the unit of the layer, for example tC taken for tCO2.',
    },
  },
} as const)
