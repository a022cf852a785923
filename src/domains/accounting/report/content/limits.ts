// Chapter: what GEP is not. Said in every report, in words that cannot be taken for an offer of money.

import type { Block } from '../document.ts'
import type { Page } from './page.ts'

export function limitsChapter(page: Page): readonly Block[] {
  const items = [
    page.say(
      'GEP 不是收入：它包含没有市场交易的服务，数额不是任何人已经收到或应当收到的钱。',
      'GEP is not income: it holds services that no market trades, and its amount is not money that anyone has received or is owed.',
    ),
    page.say(
      'GEP 不是 GDP：两者是口径不同的统计数，本报告至多给出二者之比，不相加、不折算。',
      'GEP is not GDP: they are statistics with different meanings. At most their ratio is printed; they are neither added nor exchanged for one another.',
    ),
    page.say(
      'GEP 不与特定地域单元生态产品价值（VEP）相加：前者是一年的流量，后者可能包含未来收益。',
      'GEP is not added to the value of a single site (VEP): the one is a flow of a year, the other may hold future income.',
    ),
    page.say(
      '初级转化率只是构成比例，不是已经收到的钱。',
      'The primary conversion rate is a share in the structure, not money already received.',
    ),
    page.say(
      'GEP 不是报价：单价是核算用价格，不能直接作为交易、补偿或赔偿的价款。',
      'GEP is not an offer: its unit prices serve accounting and are not of themselves the price of a trade, a compensation or a damage.',
    ),
    page.say(
      '不同指标集、不同方法、不同价格基年的 GEP 不能直接比较，本报告不作地区排名。',
      'GEP of different indicator sets, methods or price years cannot be compared directly, and this report ranks no region.',
    ),
  ]
  return [
    { kind: 'heading', level: 1, text: page.say('GEP 不是什么', 'What GEP is not') },
    { kind: 'list', items: items.map((text) => [{ text }]) },
  ]
}
