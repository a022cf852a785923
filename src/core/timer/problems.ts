// What can go wrong with clocks and jobs, and what the administrator does next.

import { defineProblems } from '../../kernel/index.ts'

export const timerProblem = defineProblems({
  'timer.bug': {
    severity: 'red',
    zh: '办理“{name}”时程序出错。',
    en: 'The program failed while doing "{name}".',
    hint: {
      zh: '请把运行日志交给维护者；修复后由管理员重试。',
      en: 'Give the log of the program to the maintainers; the administrator tries again once it is mended.',
    },
  },
  'timer.no-listener': {
    severity: 'red',
    zh: '没有名为“{name}”的后续办理。',
    en: 'There is no listener "{name}".',
    hint: {
      zh: '请确认程序版本后由管理员重试。',
      en: 'Check the version of the program; the administrator tries again.',
    },
  },
  'timer.not-failed': {
    severity: 'red',
    zh: '它现在不在失败状态，无需重试。',
    en: 'It does not stand as failed; there is nothing to try again.',
    hint: { zh: '请刷新后查看。', en: 'Reload and look again.' },
  },
})
