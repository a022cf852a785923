// What can be wrong with an indicator or with leaning on one.

import { defineProblems } from '../../kernel/index.ts'

export const indicatorProblem = defineProblems({
  'indicator.unknown': {
    severity: 'red',
    zh: '没有登记指标“{indicator}”。',
    en: 'Indicator "{indicator}" is not registered.',
    hint: {
      zh: '请先登记指标的身份证（定义、单位、口径）。',
      en: 'Register its identity card first: definition, unit, boundary.',
    },
  },
  'indicator.card-differs': {
    severity: 'red',
    zh: '指标“{indicator}”的单位已登记为 {unit}，不能改。',
    en: 'Indicator "{indicator}" is registered in {unit}; the unit cannot change.',
    hint: { zh: '单位或定义不同，请登记为新的指标。', en: 'Another unit is another indicator: register a new one.' },
  },
  'indicator.unit': {
    severity: 'red',
    zh: '指标“{indicator}”的单位是 {unit}，给出的是 {given}。',
    en: 'Indicator "{indicator}" is in {unit}; {given} was given.',
    hint: { zh: '请换算成登记的单位。', en: 'Convert to the registered unit.' },
  },
  'indicator.no-value': {
    severity: 'red',
    zh: '没有{place}{period}的指标“{indicator}”。',
    en: 'There is no value of "{indicator}" for {place}, {period}.',
    hint: { zh: '请先核算或录入该数。', en: 'Compute or enter it first.' },
  },
  'indicator.not-fit': {
    severity: 'red',
    zh: '{place}{period}的“{indicator}”不能用于{use}：{why}',
    en: '"{indicator}" of {place}, {period} is not fit for {useEn}: {whyEn}',
    hint: {
      zh: '请引用适用的数，或先补齐所缺的依据后重新核算。',
      en: 'Cite a figure that is fit, or supply what is missing and compute again.',
    },
  },
})
