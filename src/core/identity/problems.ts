// Everything that can be wrong with regions, roles, grants, passwords and sign-in, each with what to do about it.
// Always holds: an answer to a failed sign-in never says whether the login name or the password was wrong.

import { defineProblems } from '../../kernel/index.ts'

export const problem = defineProblems({
  // ---- the file of regions
  'identity.regions-too-large': {
    severity: 'red',
    zh: '区划文件有 {size}，超过上限 {limit}。',
    en: 'The file of regions has {size}, more than the limit of {limit}.',
    hint: { zh: '请只放本平台要用的省份。', en: 'Keep only the provinces this platform serves.' },
  },
  'identity.regions-heading': {
    severity: 'red',
    zh: '区划文件缺少“{missing}”。',
    en: 'The file of regions lacks "{missing}".',
    hint: {
      zh: '文件开头要有来源、许可、数据日期、历史起点和列名，请对照 regions/regions.csv。',
      en: 'It opens with source, licence, state, history and the names of the columns; compare regions/regions.csv.',
    },
  },
  'identity.region-row': {
    severity: 'red',
    zh: '这一行不合要求：{detail}',
    en: 'This row will not do: {detail}',
    hint: {
      zh: '一行至少有代码和名称，至多十格，不用引号。',
      en: 'A row has a code and a name, no more than ten cells, and no quotes.',
    },
  },
  'identity.region-cell': {
    severity: 'red',
    zh: '“{column}”一格的“{value}”不合要求。',
    en: '"{value}" will not do in the column {column}.',
    hint: { zh: '请按文件开头的说明改写。', en: 'Rewrite it as the head of the file says.' },
  },
  'identity.region-twice': {
    severity: 'red',
    zh: '代码 {code} 出现了两次。',
    en: 'The code {code} stands twice.',
    hint: { zh: '一个代码只留一行。', en: 'Keep one row for a code.' },
  },
  'identity.region-unknown': {
    severity: 'red',
    zh: '没有代码为 {code} 的区域。',
    en: 'There is no region with the code {code}.',
    hint: { zh: '请核对代码，或先把它加入区划表。', en: 'Check the code, or add the region first.' },
  },
  'identity.region-circle': {
    severity: 'red',
    zh: '{code} 的上级或后继绕回了自己。',
    en: 'Parents or successors of {code} lead back to itself.',
    hint: { zh: '请检查上级和后继两列。', en: 'Check the columns parent and successor.' },
  },
})
