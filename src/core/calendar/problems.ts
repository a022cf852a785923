// What can be wrong with the calendar's files, with counting days, and with a deadline.

import { defineProblems } from '../../kernel/index.ts'

export const calendarProblem = defineProblems({
  'calendar.no-table': {
    severity: 'red',
    zh: '没有 {year} 年的放假安排，不能推算到这一年。',
    en: 'There is no holiday table of {year}; nothing is counted into that year.',
    hint: {
      zh: '国务院公布放假安排后，请把它录入 calendar/{year}.yaml。',
      en: 'Enter the arrangement of the State Council in calendar/{year}.yaml once it is issued.',
    },
  },
  'calendar.file': {
    severity: 'red',
    zh: '日历文件不合格式：{detail}。',
    en: 'A file of the calendar is not as it should be: {detail}.',
    hint: { zh: '请照 calendar/README.md 改正。', en: 'Correct it as calendar/README.md says.' },
  },
  'calendar.days': {
    severity: 'red',
    zh: '放假安排有误：{day} {why}。',
    en: 'The holiday table is wrong at {day}: {whyEn}.',
    hint: { zh: '请与原文逐日核对。', en: 'Compare it with the instrument day by day.' },
  },
  'calendar.no-clock': {
    severity: 'red',
    zh: '没有名为“{clock}”的法定期限。',
    en: 'There is no statutory clock "{clock}".',
    hint: { zh: '名称见查询“法定期限一览”。', en: 'The names are listed by the query of statutory clocks.' },
  },
  'calendar.term-missing': {
    severity: 'red',
    zh: '没有选法定期限，也没有写全名称、依据、期限和计日方法。',
    en: 'Neither a statutory clock nor title, clause, days and their kind are given.',
    hint: { zh: '请二选一填写。', en: 'Give one or the other.' },
  },
  'calendar.term-twice': {
    severity: 'red',
    zh: '选了法定期限“{clock}”，就不能另写依据、期限和计日方法。',
    en: 'Where the statutory clock "{clock}" is chosen, clause, days and kind follow from it.',
    hint: { zh: '请删去另写的，或不选法定期限。', en: 'Leave them out, or choose no clock.' },
  },
  'calendar.no-deadline': {
    severity: 'red',
    zh: '没有编号为“{id}”的期限。',
    en: 'There is no deadline "{id}".',
    hint: { zh: '请核对编号。', en: 'Check the id.' },
  },
  'calendar.not-running': {
    severity: 'red',
    zh: '这项期限现在不在计算中。',
    en: 'This deadline is not running.',
    hint: { zh: '请刷新后查看它的状态。', en: 'Reload and look at its status.' },
  },
  'calendar.not-suspended': {
    severity: 'red',
    zh: '这项期限没有中止。',
    en: 'This deadline is not suspended.',
    hint: { zh: '请刷新后查看它的状态。', en: 'Reload and look at its status.' },
  },
  'calendar.day-outside': {
    severity: 'red',
    zh: '日期 {day} 不在 {from} 到 {to} 之间。',
    en: 'The day {day} is not between {from} and {to}.',
    hint: { zh: '请核对日期。', en: 'Check the day.' },
  },
  'calendar.extension': {
    severity: 'red',
    zh: '延长合计 {asked}{unit}，按{clause}最多延长 {most}{unit}。',
    en: 'Extended by {asked} {unitEn} altogether; {clause} allows {most} at most.',
    hint: { zh: '请改短，或按法定程序办理。', en: 'Extend it by less.' },
  },
  'calendar.ends-by-itself': {
    severity: 'red',
    zh: '这项期限属于另一项业务，由那项业务结束。',
    en: 'This deadline belongs to something else and ends with it.',
    hint: { zh: '请在那项业务里办理，例如撤回公示。', en: 'Act there, for example by withdrawing the notice.' },
  },
})
