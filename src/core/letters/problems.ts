// What can be wrong with a template or with what is filled into it, and what the office does next.

import { defineProblems } from '../../kernel/index.ts'

export const letterProblem = defineProblems({
  'letter.not-word': {
    severity: 'red',
    zh: '不是 Word 文档（.docx）。',
    en: 'This is no Word document (.docx).',
    hint: { zh: '请在 Word 或 WPS 里另存为 .docx。', en: 'Save it as .docx in Word or WPS.' },
  },
  'letter.active': {
    severity: 'red',
    zh: '模板里有会自己运行或从别处读取的内容（{what}）。',
    en: 'The template holds something that runs or loads by itself ({what}).',
    hint: { zh: '请删除后另存。', en: 'Remove it and save again.' },
  },
  'letter.not-a-field': {
    severity: 'red',
    zh: '“{tag}”不是字段：花括号里只能写字段名，可加“|”和写法。',
    en: '"{tag}" is no field: between the braces stands a name, and "|" with a form where wanted.',
    hint: {
      zh: '例如在花括号里写“户主”或“金额|大写”；不能写算式、函数或代码。',
      en: 'Such as "name" or "sum|大写" between braces; no sums, functions or code.',
    },
  },
  'letter.unknown-form': {
    severity: 'red',
    zh: '“{tag}”里没有“{form}”这种写法。',
    en: 'There is no form "{form}" as in "{tag}".',
    hint: { zh: '可用的写法：{forms}。', en: 'Forms: {forms}.' },
  },
  'letter.loop': {
    severity: 'red',
    zh: '重复段“{name}”没有成对：{why}。',
    en: 'The repeated part "{name}" is not closed as it was opened: {whyEn}.',
    hint: {
      zh: '花括号里以“#{name}”开始，以“/{name}”结束。',
      en: 'It begins with "#{name}" and ends with "/{name}", each between braces.',
    },
  },
  'letter.broken-tag': {
    severity: 'red',
    zh: '有一个花括号没有成对：“{near}”。',
    en: 'A brace has no partner: "{near}".',
    hint: { zh: '请补上或删去。', en: 'Add the other one or remove it.' },
  },
  'letter.not-written': {
    severity: 'red',
    zh: '模板填不出来：{why}。',
    en: 'The template cannot be filled: {why}.',
    hint: { zh: '请在 Word 里重新打字段（不要跨格式粘贴）后另存。', en: 'Type the fields again in Word and save it.' },
  },
  'letter.missing': {
    severity: 'red',
    zh: '缺少“{name}”。',
    en: '"{name}" is missing.',
    hint: { zh: '请填写；确实没有的，填“无”。', en: 'Fill it in; write "none" where there is none.' },
  },
  'letter.wrong-value': {
    severity: 'red',
    zh: '“{name}”的值“{value}”不能写成“{form}”。',
    en: 'The value "{value}" of "{name}" cannot be written as "{form}".',
    hint: {
      zh: '金额写成 1234.50，日期写成 2026-03-02。',
      en: 'A sum is written 1234.50, a day 2026-03-02.',
    },
  },
  'letter.not-a-list': {
    severity: 'red',
    zh: '“{name}”应是一组行。',
    en: '"{name}" ought to be rows.',
    hint: { zh: '请给出列表，每行一组字段。', en: 'Give a list with the fields of each row.' },
  },
  'letter.unused': {
    severity: 'yellow',
    zh: '模板里没有“{name}”，这个值没有用上。',
    en: 'The template has no "{name}"; this value was not used.',
    hint: { zh: '请核对字段名。', en: 'Check the name.' },
  },
  'letter.values': {
    severity: 'red',
    zh: '要填的内容写法不对：{field}。',
    en: 'What is to be filled in is not written right: {field}.',
    hint: { zh: '文字、是否，或行的列表。', en: 'Text, yes or no, or a list of rows.' },
  },
  'letter.no-template': {
    severity: 'red',
    zh: '没有找到有效的模板 {id}。',
    en: 'There is no template {id} in force.',
    hint: { zh: '请核对编号，或先登记模板。', en: 'Check the id, or register the template first.' },
  },
  'letter.no-file': {
    severity: 'red',
    zh: '没有收到校验值为 {file} 的文件。',
    en: 'No file with the hash {file} was received.',
    hint: { zh: '请先上传模板，再登记。', en: 'Upload the template first, then register it.' },
  },
  'letter.followed': {
    severity: 'red',
    zh: '模板 {id} 已有更新的版本，不能更正这一版。',
    en: 'Template {id} has a later version; this one cannot be corrected.',
    hint: { zh: '请先更正最新的版本。', en: 'Correct the latest version first.' },
  },
})
