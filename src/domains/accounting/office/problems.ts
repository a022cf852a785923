// What can be wrong with what the office does with an account, and what to do next.

import { defineProblems } from '../../../kernel/index.ts'

export const officeProblem = defineProblems({
  'office.reason': {
    severity: 'red',
    zh: '理由太短，至少 {least} 个字。',
    en: 'The reason is too short; at least {least} characters.',
    hint: { zh: '请写明依据和原因。', en: 'Say on what ground, and why.' },
  },
  'override.no-parameter': {
    severity: 'red',
    zh: '规则库里没有参数“{parameter}”。',
    en: 'The rule book has no parameter "{parameter}".',
    hint: { zh: '请在参数表里选择，或核对编号。', en: 'Choose it from the list of parameters, or check the id.' },
  },
  'override.no-key': {
    severity: 'red',
    zh: '参数“{parameter}”没有条目“{key}”。可用的条目：{known}。',
    en: 'Parameter "{parameter}" has no entry "{key}". Known: {known}.',
    hint: { zh: '请填写其中一个条目。', en: 'Give one of these entries.' },
  },
  'override.unit': {
    severity: 'red',
    zh: '参数“{parameter}”的单位是 {unit}，给出的 {given} 不能换算成它。',
    en: 'Parameter "{parameter}" is in {unit}; {given} cannot be converted to it.',
    hint: { zh: '请按参数表里的单位填写。', en: 'Give the value in the unit of the list.' },
  },
  'override.years': {
    severity: 'red',
    zh: '止年 {to} 早于起年 {from}。',
    en: 'The last year, {to}, lies before the first, {from}.',
    hint: { zh: '请核对年份。', en: 'Check the years.' },
  },
  'override.same': {
    severity: 'red',
    zh: '该地区已有相同的改动 {number}，数值和年份都一样。',
    en: 'The same change is in force there already: {number}, with the same value and years.',
    hint: { zh: '无需再报。', en: 'Nothing needs to be done.' },
  },
  'override.inside': {
    severity: 'red',
    zh: '改动 {number} 的年份（{from} 至 {to}）在前后都超出本次的年份，不能只替换中间一段。',
    en: 'Change {number} ({from} to {to}) goes on after these years; its middle cannot be replaced alone.',
    hint: {
      zh: '请先撤销 {number}，再分段报批。',
      en: 'Withdraw {number} first, then propose the parts one by one.',
    },
  },
  'override.no-source': {
    severity: 'red',
    zh: '没有收到校验值为 {file} 的依据文件。',
    en: 'No document with the hash {file} was received.',
    hint: {
      zh: '请先上传依据文件；没有文件的只写出处。',
      en: 'Upload it first; without a file give the citation only.',
    },
  },
  'override.not-found': {
    severity: 'red',
    zh: '没有编号为 {id} 的参数改动。',
    en: 'There is no change of a parameter with the id {id}.',
    hint: { zh: '请在参数改动清单里核对编号。', en: 'Check the id in the list of changes.' },
  },
  'override.not-in-force': {
    severity: 'red',
    zh: '参数改动 {number} 已经不在有效状态。',
    en: 'Change {number} is no longer in force.',
    hint: { zh: '无需处理。', en: 'Nothing needs to be done.' },
  },
})
