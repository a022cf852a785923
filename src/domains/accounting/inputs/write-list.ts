// InputList → account.yaml: keys in one stable order, a short guide in both languages at the head,
// the ground and the question of a guess beside the entry they are about.

import { Document, isMap, isScalar, isSeq, Scalar, type Node } from 'yaml'
import type { InputList } from '../input-list.ts'
import { writeSafely } from './write-safely.ts'

const GUIDE = ` 青山核算输入清单 / Qingshan input list
 每条 arguments 说明一个指标的数在哪个文件、哪张表、哪一列，单位是什么。
 ground 是猜测的依据；question 是要你回答的疑问，答完请改正这一条并删去 question。
 核对无误后运行 qingshan account accept，清单才算数。代码和数字请加引号。
 Each entry of \`arguments\` says in which file, sheet and column the numbers of one argument stand, and in which unit.
 \`ground\` tells why it was guessed; answer a \`question\`, correct the entry and delete the question.
 The list counts once it is accepted (qingshan account accept). Quote codes and numbers.`

const ORDER: readonly (keyof InputList)[] = [
  'qingshan',
  'title',
  'year',
  'priceYear',
  'set',
  'status',
  'region',
  'accepted',
  'prepared',
  'sample',
  'previous',
  'regions',
  'boundaries',
  'arguments',
  'prices',
  'overrides',
  'methods',
  'choices',
  'notApplicable',
  'accepts',
  'explained',
  'published',
]
const BINDING_ORDER = [
  'argument',
  'file',
  'sheet',
  'header',
  'column',
  'where',
  'region',
  'class',
  'code',
  'item',
  'unit',
  'days',
  'resampling',
  'year',
  'mark',
  'source',
  'fallback',
  'ground',
  'question',
] as const

const ordered = <T extends object>(value: T, keys: readonly (keyof T)[]): Partial<T> =>
  Object.fromEntries(keys.filter((k) => value[k] !== undefined).map((k) => [k, value[k]])) as Partial<T>

/** The text of account.yaml; the same list always gives the same text. */
export function listText(list: InputList): string {
  const doc = new Document(
    {
      ...ordered(list, ORDER),
      arguments: list.arguments.map((b) => ordered(b, BINDING_ORDER)),
    },
    { aliasDuplicateObjects: false },
  )
  doc.commentBefore = GUIDE
  dress(doc.contents as Node, true)
  const root = doc.contents
  if (isMap(root))
    for (const pair of root.items) {
      const key = pair.key as Scalar
      if (['arguments', 'prices', 'overrides', 'methods', 'regions', 'accepts'].includes(String(key.value)))
        key.spaceBefore = true
      if (key.value === 'arguments' && isSeq(pair.value))
        pair.value.items.forEach((n, k) => ((n as Node).spaceBefore = k > 0))
    }
  return doc.toString({ lineWidth: 0, indentSeq: false })
}

/** Small groups of plain values stand on one line; texts that look like numbers are quoted. */
function dress(node: Node, top: boolean): void {
  if (isScalar(node)) {
    if (typeof node.value === 'string' && /^[\d.+-]/.test(node.value)) node.type = Scalar.QUOTE_DOUBLE
  } else if (isSeq(node)) {
    for (const n of node.items) dress(n as Node, false)
    if (node.items.length > 0 && node.items.every((n) => isScalar(n))) node.flow = true
  } else if (isMap(node)) {
    for (const p of node.items) dress(p.value as Node, false)
    if (!top && node.items.length <= 3 && node.items.every((p) => isScalar(p.value))) node.flow = true
  }
}

/** Writes account.yaml whole or not at all. */
export const writeList = (path: string, list: InputList): Promise<void> => writeSafely(path, listText(list))
