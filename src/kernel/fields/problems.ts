// What can be wrong with what somebody submits, field by field. Messages name the field by its title, never repeat a
// personal or secret value, and stand at the path of the field.

import { defineProblems, type ProblemKind } from '../problem.ts'

const TABLE = {
  'field.not-a-form': {
    severity: 'red',
    zh: '提交的内容不是一组字段。',
    en: 'What was submitted is not a set of fields.',
    hint: { zh: '请提交一个 JSON 对象，例如 {"字段": "值"}。', en: 'Submit a JSON object such as {"field": "value"}.' },
  },
  'field.not-json': {
    severity: 'red',
    zh: '“{labelZh}”里有 JSON 写不出的内容。',
    en: '"{labelEn}" holds something that JSON cannot write.',
    hint: {
      zh: '请只用文字、数字、是否、列表和分组。',
      en: 'Use only texts, numbers, true or false, lists and groups.',
    },
  },
  'field.too-deep': {
    severity: 'red',
    zh: '“{labelZh}”里分组套分组超过 {max} 层。',
    en: '"{labelEn}" nests groups more than {max} deep.',
    hint: { zh: '请按表单的层次填写。', en: 'Follow the levels of the form.' },
  },
  'field.too-large': {
    severity: 'red',
    zh: '提交的内容太多：最多 {values} 个值、{characters} 个字符。',
    en: 'Too much was submitted: at most {values} values and {characters} characters.',
    hint: { zh: '请把大批数据作为文件上传。', en: 'Upload large data as a file.' },
  },
  'field.more-problems': {
    severity: 'red',
    zh: '还有 {count} 个问题没有列出。',
    en: '{count} more problems are not listed.',
    hint: { zh: '请先改正已列出的问题。', en: 'Mend those listed first.' },
  },
  'field.unknown': {
    severity: 'red',
    zh: '没有名为“{name}”的字段。',
    en: 'There is no field "{name}".',
    hint: { zh: '可填的字段：{known}。', en: 'Fields that exist: {known}.' },
  },
  'field.missing': {
    severity: 'red',
    zh: '缺少“{labelZh}”。',
    en: '"{labelEn}" is missing.',
    hint: { zh: '请填写：{expectsZh}。', en: 'Give {expectsEn}.' },
  },
  'field.empty': {
    severity: 'red',
    zh: '“{labelZh}”是空的。',
    en: '"{labelEn}" is empty.',
    hint: { zh: '请填写：{expectsZh}。', en: 'Give {expectsEn}.' },
  },
  'field.wrong-form': {
    severity: 'red',
    zh: '“{labelZh}”填写的 {value} 不对。',
    en: '"{labelEn}" cannot be {value}.',
    hint: { zh: '应填：{expectsZh}。', en: 'Give {expectsEn}.' },
  },
  'field.too-long': {
    severity: 'red',
    zh: '“{labelZh}”有 {have} 个字，最多 {max} 个。',
    en: '"{labelEn}" has {have} characters; at most {max} fit.',
    hint: { zh: '请缩短，或把全文作为文件上传。', en: 'Shorten it, or upload the full text as a file.' },
  },
  'field.unreadable-character': {
    severity: 'red',
    zh: '“{labelZh}”里有看不见的控制字符（{character}）。',
    en: '"{labelEn}" holds an invisible control character ({character}).',
    hint: {
      zh: '请重新手工输入，不要从别处粘贴格式。',
      en: 'Type it again instead of pasting it with its format.',
    },
  },
  'field.below-least': {
    severity: 'red',
    zh: '“{labelZh}”填写的 {value} 小于最小值 {min}。',
    en: '"{labelEn}": {value} is below the least value {min}.',
    hint: { zh: '请核对数值和单位。', en: 'Check the number and its unit.' },
  },
  'field.above-most': {
    severity: 'red',
    zh: '“{labelZh}”填写的 {value} 大于最大值 {max}。',
    en: '"{labelEn}": {value} is above the greatest value {max}.',
    hint: { zh: '请核对数值和单位。', en: 'Check the number and its unit.' },
  },
  'field.too-many-digits': {
    severity: 'red',
    zh: '“{labelZh}”的数字超过 {max} 位有效数字。',
    en: '"{labelEn}" has more than {max} significant digits.',
    hint: { zh: '请四舍五入后再填。', en: 'Round the number.' },
  },
  'field.no-unit': {
    severity: 'red',
    zh: '“{labelZh}”没有写单位。',
    en: '"{labelEn}" has no unit.',
    hint: { zh: '请在数后面写上单位，例如 {unit}。', en: 'Write the unit after the number, for example {unit}.' },
  },
  'field.unknown-unit': {
    severity: 'red',
    zh: '“{labelZh}”的单位 {value} 不认识。',
    en: '"{labelEn}": the unit {value} is not known.',
    hint: { zh: '请用 {unit} 或同类单位。', en: 'Use {unit} or a unit of the same kind.' },
  },
  'field.wrong-unit': {
    severity: 'red',
    zh: '“{labelZh}”的单位 {value} 不能换算成 {unit}。',
    en: '"{labelEn}": the unit {value} cannot become {unit}.',
    hint: { zh: '请用 {unit} 或同类单位。', en: 'Use {unit} or a unit of the same kind.' },
  },
  'field.not-a-choice': {
    severity: 'red',
    zh: '“{labelZh}”没有 {value} 这个选项。',
    en: '"{labelEn}" offers no {value}.',
    hint: { zh: '可选：{choicesZh}。', en: 'Choose one of: {choicesEn}.' },
  },
  'field.period-backwards': {
    severity: 'red',
    zh: '“{labelZh}”的结束日期早于开始日期。',
    en: '"{labelEn}" ends before it begins.',
    hint: { zh: '请核对两个日期。', en: 'Check both dates.' },
  },
  'field.too-few': {
    severity: 'red',
    zh: '“{labelZh}”少于 {min} 项。',
    en: '"{labelEn}" has fewer than {min} items.',
    hint: { zh: '请补齐。', en: 'Add what is missing.' },
  },
  'field.too-many': {
    severity: 'red',
    zh: '“{labelZh}”多于 {max} 项。',
    en: '"{labelEn}" has more than {max} items.',
    hint: { zh: '请分几次提交，或作为文件上传。', en: 'Submit it in parts, or upload a file.' },
  },
} as const satisfies Record<string, ProblemKind>

export type FieldProblemCode = keyof typeof TABLE
export const fieldProblem = defineProblems<FieldProblemCode>(TABLE)

/** The mark a schema leaves on an issue, from which the problem is made. */
export interface IssueMark {
  readonly problem: FieldProblemCode
  readonly values?: Readonly<Record<string, string | number>>
}
