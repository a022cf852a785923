// Section: extent of ecosystems, opening to closing, in km² with 万亩 beside it.

import type { Text } from '../../../../kernel/index.ts'
import { extentKey } from '../../figure-key.ts'
import type { Block, Row } from '../document.ts'
import { displayUnitLabel, KM2, WAN_MU } from '../number-text.ts'
import { requiredCell, type Page } from './page.ts'

const WHATS: Readonly<Record<string, Text>> = {
  opening: { zh: '期初', en: 'Opening' },
  additions: { zh: '增加', en: 'Additions' },
  reductions: { zh: '减少', en: 'Reductions' },
  closing: { zh: '期末', en: 'Closing' },
  change: { zh: '净变化', en: 'Net change' },
}
/** An entry of the extent account in words. */
export const extentWord = (page: Page, what: string): string => (WHATS[what] ? page.t(WHATS[what]) : what)

export function extentSection(page: Page): readonly Block[] {
  const classes = page.classes.filter((c) => page.find(extentKey(page.root, c, 'closing')))
  if (classes.length === 0)
    return [
      {
        kind: 'paragraph',
        runs: [{ text: page.say('没有面积资料，本节缺。', 'No areas were given; this section is missing.') }],
      },
    ]
  const whats = ['opening', 'additions', 'reductions', 'closing', 'change'] as const
  const row = (cls: string, name: string, kind?: 'total'): Row => ({
    ...(kind ? { kind } : {}),
    cells: [
      { text: name },
      ...whats.map((w) => requiredCell(page, extentKey(page.root, cls, w), KM2)),
      requiredCell(page, extentKey(page.root, cls, 'closing'), WAN_MU),
    ],
  })
  const km2 = displayUnitLabel(KM2, page.lang)
  const titles = (what: string): string => extentWord(page, what)
  return [
    {
      kind: 'table',
      caption: page.say('生态系统面积账户', 'Extent account'),
      codes: 'below',
      columns: [
        { title: page.say('类型', 'Type'), align: 'left', width: 1.6 },
        ...whats.map((w) => ({ title: titles(w), unit: km2, align: 'right' as const, width: 1.9 })),
        { title: titles('closing'), unit: displayUnitLabel(WAN_MU, page.lang), align: 'right', width: 1.9 },
      ],
      rows: [...classes.map((c) => row(c, page.className(c))), row('*', page.say('合计', 'Total'), 'total')],
      note: page.say(
        '期末面积以平方千米与万亩并列，1 亩 = 2000/3 平方米。',
        'Closing extent in km² and in mu side by side; 1 mu = 2000/3 m².',
      ),
    },
  ]
}
