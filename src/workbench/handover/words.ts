// What departments and states of a table are called on these pages; states speak by sign and word, colour comes beside.

import type { Text } from '../../kernel/index.ts'

export const DEPARTMENTS: Readonly<Record<string, Text>> = {
  land: { zh: '自然资源', en: 'Natural resources' },
  water: { zh: '水利', en: 'Water resources' },
  forestry: { zh: '林业', en: 'Forestry' },
  agriculture: { zh: '农业农村', en: 'Agriculture' },
  environment: { zh: '生态环境', en: 'Environment' },
  weather: { zh: '气象', en: 'Meteorology' },
  tourism: { zh: '文化旅游', en: 'Culture and tourism' },
  statistics: { zh: '统计', en: 'Statistics' },
  energy: { zh: '发改（能源、价格）', en: 'Development and reform (energy, prices)' },
  institute: { zh: '核算技术单位', en: 'Accounting institute' },
  housing: { zh: '住房城乡建设', en: 'Housing' },
}

export const STATES: Readonly<Record<string, { readonly sign: string; readonly look: string; readonly title: Text }>> =
  {
    missing: { sign: '✗', look: 'bad', title: { zh: '未交', en: 'missing' } },
    'handed-in': { sign: '✓', look: 'good', title: { zh: '已交', en: 'handed in' } },
    used: { sign: '✓', look: 'good', title: { zh: '已用于核算', en: 'used in the account' } },
    yellow: { sign: '!', look: 'level-yellow', title: { zh: '待说明', en: 'to be explained' } },
    red: { sign: '✗', look: 'bad', title: { zh: '有错', en: 'wrong' } },
  }
