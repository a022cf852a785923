// C1 to C3, cultural services (gep.md 7.2 to 7.4). A value that includes consumer surplus says so in its title.

import { text } from '../../../kernel/index.ts'
import type { Method } from './method.ts'

const NATURAL = ['forest', 'shrub', 'grass', 'wetland']

export const CULTURAL: readonly Method[] = [
  {
    id: 'C1.reported',
    service: 'C1',
    title: text('旅行费用法研究结果', 'Result of a travel-cost study'),
    text: text(
      '价值由专项研究给出，本次只取用；人次同时入账。',
      'The value comes from a separate study and is taken over.',
    ),
    path: 'statistics',
    source: ['P01'],
    driver: 'recreation-value',
    books: NATURAL,
    stages: [
      {
        item: '{item}',
        title: text('旅行费用法价值', 'travel-cost value'),
        take: 'recreation-value',
        unit: '元',
        value: 'self',
      },
    ],
  },
  {
    id: 'C1.individual-travel-cost',
    service: 'C1',
    title: text('个人旅行费用法（含消费者剩余）', 'Individual travel cost (with consumer surplus)'),
    text: text(
      '人次×（直接花费＋时间成本＋消费者剩余）。SEEA 的交换价值须剔除消费者剩余。',
      'Visits × (expense + time cost + consumer surplus). SEEA exchange values leave the surplus out.',
    ),
    path: 'statistics',
    source: ['P03'],
    driver: 'visits',
    books: NATURAL,
    stages: [
      {
        item: '{item}',
        title: text('旅游人次', 'visits'),
        take: 'visits',
        unit: '人次',
        value: {
          rule: 'gep.c1.individual-travel-cost',
          output: '游憩价值',
          given: {
            游客: { own: 'quantity' },
            旅行花费: { argument: 'travel-expense' },
            时间成本: { argument: 'travel-time-cost' },
            消费者剩余: { argument: 'consumer-surplus' },
          },
        },
      },
    ],
  },
  {
    id: 'C1.revenue-share',
    service: 'C1',
    title: text('旅游收入×自然景观比例', 'Tourism revenue × share of nature'),
    text: text('简便口径；自然景观比例须有依据。', 'A simple form; the share of nature needs a ground.'),
    path: 'statistics',
    source: ['S25'],
    driver: 'tourism-revenue',
    books: NATURAL,
    stages: [
      {
        item: '{item}',
        title: text('旅游收入（自然部分）', 'tourism revenue, natural part'),
        rule: 'gep.c1.revenue-share',
        output: '游憩价值',
        given: { 旅游收入: { argument: 'tourism-revenue' }, 自然景观比例: { argument: 'nature-share' } },
        unit: '元',
        value: 'self',
      },
    ],
  },
  {
    id: 'C2.time-value',
    service: 'C2',
    title: text('游憩时长×时间价值', 'Visitor hours × value of time'),
    text: text(
      '本地居民日常休闲；与旅游康养按距离规则分开。',
      'Daily recreation of residents; kept apart from C1 by distance.',
    ),
    path: 'statistics',
    source: ['S04'],
    driver: 'visitor-hours',
    books: ['forest', 'grass', 'wetland', 'urban'],
    stages: [
      {
        item: '{item}',
        title: text('游憩时长', 'visitor hours'),
        take: 'visitor-hours',
        unit: '人·h',
        value: {
          rule: 'gep.c2.hours-value',
          output: '休憩价值',
          given: {
            游憩时长: { own: 'quantity' },
            时间价值: { argument: 'time-value' },
            自然份额: { argument: 'nature-share' },
          },
        },
      },
    ],
  },
  {
    id: 'C3.hedonic',
    service: 'C3',
    title: text('享乐价格法（按年折算）', 'Hedonic price (annualised)'),
    text: text(
      '面积×单价×溢价率×年收益率；一次性溢价按年折算，不得每年重复记全部溢价。',
      'Area × price × premium × yearly yield; the premium is a stock and is annualised.',
    ),
    path: 'statistics',
    source: ['S25'],
    driver: 'amenity-area',
    books: ['urban'],
    stages: [
      {
        item: '{item}',
        title: text('受益住房面积', 'housing area'),
        take: 'amenity-area',
        unit: 'm2',
        value: {
          rule: 'gep.c3.hedonic',
          output: '景观价值',
          given: {
            房屋: {
              each: 'amenity-area',
              fields: {
                建筑面积: { argument: 'amenity-area' },
                单价: { price: 'amenity-price' },
                溢价率: { argument: 'amenity-premium' },
              },
            },
            年收益率: { argument: 'amenity-yield' },
          },
        },
      },
    ],
  },
]
