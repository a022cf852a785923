// Chapter: what the account covers, by which indicator set, and which double-counting pairs were accepted and why.

import { valueKey } from '../../figure-key.ts'
import { BASIS_TEXT } from '../../model.ts'
import { DOUBLE_COUNTING, getService } from '../../services.ts'
import type { Block, Row } from '../document.ts'
import { unitLabel } from '../number-text.ts'
import { groupOf, linesOf, stateText, type Page } from './page.ts'

export function scopeChapter(page: Page): readonly Block[] {
  const { head } = page.account
  return [
    { kind: 'page-break', next: 'portrait' },
    { kind: 'heading', level: 1, text: page.say('核算范围与指标集', 'Scope and indicator set') },
    {
      kind: 'key-values',
      pairs: [
        { key: page.say('地区', 'Region'), value: [{ text: `${page.regionName(page.root)} ${head.region}` }] },
        { key: page.say('下级地区', 'Regions below'), value: [{ text: String(page.regions.length) }] },
        { key: page.say('核算年份', 'Accounting year'), value: [{ text: String(head.year) }] },
        {
          key: page.say('指标集', 'Indicator set'),
          value: [{ text: `${page.t(head.setTitle)}${page.say('（', ' (')}${head.set}${page.say('）', ')')}` }],
        },
        {
          key: page.t(BASIS_TEXT.constant),
          value: [
            {
              text: page.say(
                `按 ${head.priceYear} 年价格计算，用于年际比较和考核`,
                `at prices of ${head.priceYear}; for comparison between years and for assessment`,
              ),
            },
          ],
        },
        {
          key: page.t(BASIS_TEXT.current),
          value: [
            {
              text: page.say(
                `按 ${head.year} 年价格计算，说明当年贡献`,
                `at prices of ${head.year}; tells the contribution of that year`,
              ),
            },
          ],
        },
        { key: page.say('规则取用日期', 'Rules as of'), value: [{ text: head.legalDate }] },
      ],
    },
    {
      kind: 'paragraph',
      runs: [
        {
          text: page.say(
            '两种口径出自同一份实物量账户，只是价格不同。不同指标集的总量不可相加，也不可比较。',
            'Both bases come from one physical account and differ in prices only. Totals of different indicator sets are neither added nor compared.',
          ),
        },
      ],
    },
    {
      kind: 'table',
      caption: page.say('指标集所含服务', 'Services of the indicator set'),
      rowHeads: 2,
      columns: [
        { title: page.say('代号', 'Code'), align: 'left', width: 1 },
        { title: page.say('服务', 'Service'), align: 'left', width: 3 },
        { title: page.say('类别', 'Group'), align: 'left', width: 2 },
        { title: page.say('实物量单位', 'Physical unit'), align: 'left', width: 1.8 },
        { title: page.say('SEEA EA 对应', 'SEEA EA name'), align: 'left', width: 4.2 },
        { title: page.say('本次', 'This account'), align: 'left', width: 2 },
      ],
      rows: page.services.map((id): Row => {
        const s = getService(id)
        const lines = linesOf(page, { service: id })
        const priced = page.find(valueKey('constant', page.root, '*', id)) !== undefined
        const partly = lines.some((l) => l.state === 'missing')
        const state = lines.find((l) => l.state !== 'computed')?.state
        return {
          cells: [
            { text: id },
            { text: page.t(s.title) },
            { text: page.serviceName(groupOf(id)) },
            { text: s.unit === '-' ? '—' : unitLabel(s.unit, page.lang) },
            { text: page.t(s.seea) },
            priced
              ? partly
                ? { text: page.say('已核算，部分缺', 'computed in part'), status: 'warn' }
                : { text: page.say('已核算', 'computed'), status: 'ok' }
              : state && state !== 'computed'
                ? { text: stateText(page, state), status: state }
                : { text: page.say('缺', 'missing'), status: 'missing' },
          ],
        }
      }),
    },
    { kind: 'heading', level: 2, text: page.say('可能重复计算的服务对', 'Pairs that may count one thing twice') },
    ...pairs(page),
  ]
}

function pairs(page: Page): readonly Block[] {
  const inSet = DOUBLE_COUNTING.filter(({ pair }) => pair.every((id) => page.services.includes(id)))
  if (inSet.length === 0)
    return [
      {
        kind: 'paragraph',
        runs: [
          {
            text: page.say(
              '所选指标集不含已知的重复计算对。',
              'The set holds none of the known double-counting pairs.',
            ),
          },
        ],
      },
    ]
  const ground = (pair: readonly [string, string]): string | undefined => {
    const hit = (page.options.accepts ?? []).find((a) => [...a.pair].sort().join() === [...pair].sort().join())
    return hit && page.t(hit.ground)
  }
  return [
    {
      kind: 'table',
      caption: page.say('指标集内的重复计算对及其理由', 'Double-counting pairs in the set and the ground for them'),
      columns: [
        { title: page.say('服务对', 'Pair'), align: 'left', width: 2.4 },
        { title: page.say('重复之处', 'What is counted twice'), align: 'left', width: 4 },
        { title: page.say('指标集所述理由', 'Ground stated by the set'), align: 'left', width: 4 },
      ],
      rows: inSet.map(({ pair, why }): Row => {
        const stated = ground(pair)
        return {
          cells: [
            { text: pair.map((id) => `${id} ${page.serviceName(id)}`).join(' / ') },
            { text: page.t(why) },
            stated === undefined ? { text: page.say('未说明', 'not stated'), status: 'warn' } : { text: stated },
          ],
        }
      }),
    },
  ]
}
