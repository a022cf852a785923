// From one table to candidates: which column (or row) holds which argument, in which unit, how sure, and why.
//
// Score of a candidate (0 to about 110), deterministic:
//   words    60 × strength of the heading or row label; 57 × strength of title, sheet or file name where the heading says nothing
//   unit     20 printed and of the right kind · 12 percent cells · 10 none needed · 0 guessed · another kind: out
//   values   10 × share inside the usual range, 4 more where all are typical
//   shape    10 for each dimension the argument has and the table gives · −25 a class, −12 an item it does not have
//   custom   4 for arguments that nearly every account has; decides only between equals
// Sure: words ≥ 0.9 · unit sure · all values in range · 8 points ahead of the next argument. Everything else carries a question.
// Without any words a guess needs 40 points and always carries a question.

import type { Table } from '../../../core/exchange-formats/index.ts'
import { type Dec, text, type Text } from '../../../kernel/index.ts'
import { type Argument, ARGUMENTS, findArgument } from '../arguments.ts'
import type { Binding } from '../input-list.ts'
import { columnName } from './columns.ts'
import type { Described } from './describe-table.ts'
import { matchTopic, saysNothing, splitYear, type Vocabulary } from './labels.ts'
import { scoreArgument, type Scored } from './score-argument.ts'
import { type Spot, spotsOf, TOTAL_HEAD } from './table-spots.ts'

export interface Candidate {
  readonly argument: Argument
  readonly binding: Binding
  readonly score: number
  readonly sure: boolean
  /** Year the heading names. */
  readonly year?: number
  /** Column letter, and the row where a row label was read. */
  readonly spot: string
}

export interface Unplaced {
  readonly file: string
  readonly sheet?: string
  readonly column?: string
  readonly why: Text
}

export interface TablePlaces {
  readonly candidates: readonly Candidate[]
  readonly unplaced: readonly Unplaced[]
}

const PLACED_FROM = 62
const BLIND_FROM = 40
const AHEAD = 8
const placeOf = (table: Table): Pick<Unplaced, 'file' | 'sheet'> => ({
  file: table.file,
  ...(table.sheet === '' ? {} : { sheet: table.sheet }),
})

/** Reads one table. `name` is what the file is called without folder and extension. */
export function placeTable(described: Described, name: string, words: Vocabulary): TablePlaces {
  const { table } = described
  const titles = [table.sheet, name, ...table.titles.map((t) => t.text)].filter((t) => !saysNothing(t))
  const topic = matchTopic(titles, words)
  const topicYear = titles.map((t) => splitYear(t).year).find((y) => y !== undefined)
  // One sheet per county: its name is the region of all its rows.
  const ofSheet = described.find('region') ? undefined : (words.regions.find(table.sheet) ?? words.regions.find(name))
  const sheetRegion = ofSheet && 'code' in ofSheet ? ofSheet.code : undefined
  const candidates: Candidate[] = []
  const unplaced: Unplaced[] = []
  const numbers = described.columns.filter((c) => c.role === 'number')
  for (const column of numbers) {
    if (numbers.length > 1 && TOTAL_HEAD.test(column.heading.path.at(-1) ?? '')) {
      unplaced.push({ ...placeOf(table), column: column.heading.column, why: text('是合计列', 'a column of totals') })
      continue
    }
    const spots = spotsOf(described, column, topic, topicYear, sheetRegion, words)
    for (const spot of spots) {
      const found = placeSpot(spot)
      if ('argument' in found) candidates.push(found)
      else unplaced.push(found)
    }
  }
  return { candidates: orderLookalikes(candidates, described), unplaced }
}

function placeSpot(spot: Spot): Candidate | Unplaced {
  const { table } = spot.described
  const place = placeOf(table)
  const name = spot.where ? `${spot.column.heading.column}${spot.row!.row} ${spot.where.is}` : columnLabel(spot)
  const scored = ARGUMENTS.map((a) => scoreArgument(a, spot))
    .filter((s) => s !== undefined)
    .sort((a, b) => b.score - a.score || (a.argument.id < b.argument.id ? -1 : 1))
  const [best, second] = scored
  const unplaced = (why: Text): Unplaced => ({ ...place, column: name, why })
  const words = best && best.strength > 0
  if (!best || best.score < (words ? PLACED_FROM : BLIND_FROM) || (words && best.strength < 0.5)) {
    if (spot.blind)
      return unplaced(
        text('列名没有含义，数值也对不上任何指标', 'the heading says nothing, and the values fit no argument'),
      )
    const near = best && best.strength > 0 ? best.argument : undefined
    return unplaced(
      near
        ? text(
            `像“${near.title.zh}”，但“${spot.labelText}”或它的单位对不上`,
            `like "${near.title.en}", but "${spot.labelText}" or its unit does not fit`,
          )
        : text(`没有指标叫“${spot.labelText}”`, `no argument is called "${spot.labelText}"`),
    )
  }
  const ahead = second ? best.score - second.score : 100
  const sure = best.strength >= 0.9 && best.unit.sure && ahead >= AHEAD && !best.doubt
  const question = sure ? undefined : questionFor(best, second, ahead)
  return {
    argument: best.argument,
    score: best.score,
    sure,
    ...(spot.year === undefined ? {} : { year: spot.year }),
    spot: `${table.file}|${table.sheet}|${spot.column.heading.column}${spot.row?.row ?? ''}`,
    binding: {
      argument: best.argument.id,
      ...place,
      column: columnName(table, spot.column.heading),
      ...(spot.where ? { where: spot.where } : {}),
      ...best.binding,
      unit: best.unit.unit,
      ground: groundFor(spot, best),
      ...(question ? { question } : {}),
    },
  }
}

const columnLabel = (spot: Spot): string =>
  spot.column.heading.text === ''
    ? spot.column.heading.column
    : `${spot.column.heading.column} ${spot.column.heading.text}`

function groundFor(spot: Spot, best: Scored): Text {
  const { title } = best.argument
  const said =
    best.strength === 0
      ? text(
          '列名没有含义，按类型列、单位和数值大小猜',
          'no telling heading; guessed by classes, unit and size of the values',
        )
      : spot.blind
        ? text(`表名或标题说的是“${title.zh}”`, `the title is about "${title.en}"`)
        : text(`“${spot.labelText}”即“${title.zh}”`, `"${spot.labelText}" is "${title.en}"`)
  return text(`${said.zh}；${best.unit.ground.zh}`, `${said.en}; ${best.unit.ground.en}`)
}

function questionFor(best: Scored, second: Scored | undefined, ahead: number): Text {
  const asks: Text[] = []
  const { title } = best.argument
  if (second && ahead < AHEAD)
    asks.push(
      text(
        `是“${title.zh}”还是“${second.argument.title.zh}”？`,
        `Is this "${title.en}" or "${second.argument.title.en}"?`,
      ),
    )
  else if (best.strength < 0.9) asks.push(text(`这一列是“${title.zh}”吗？`, `Is this column "${title.en}"?`))
  if (best.unit.doubt) asks.push(best.unit.doubt)
  else if (best.unit.inRange < 1)
    asks.push(
      text(
        `有的数值不在常见范围 ${best.argument.range.join(' 到 ')} ${best.argument.unit} 内，单位对吗？`,
        `some values are outside the usual ${best.argument.range.join(' to ')} ${best.argument.unit}; is the unit right?`,
      ),
    )
  if (best.doubt) asks.push(best.doubt)
  if (asks.length === 0)
    asks.push(
      text(
        `请核对这是“${title.zh}”，单位 ${best.unit.unit}`,
        `Please check that this is "${title.en}" in ${best.unit.unit}`,
      ),
    )
  return { zh: asks.map((a) => a.zh).join(' '), en: asks.map((a) => a.en).join(' ') }
}

/** Rain above evapotranspiration: two unnamed depths by class are told apart by their size. */
function orderLookalikes(candidates: readonly Candidate[], described: Described): readonly Candidate[] {
  const blind = candidates.filter((c) => c.argument.id === 'precipitation' && c.score < PLACED_FROM)
  if (blind.length !== 2) return candidates
  const mean = (c: Candidate): Dec | undefined => {
    const column = described.columns.find((x) => columnName(described.table, x.heading) === c.binding.column)
    return column && column.numbers.reduce((s, v) => s.plus(v)).div(column.numbers.length)
  }
  const [a, b] = blind as [Candidate, Candidate]
  const [ma, mb] = [mean(a), mean(b)]
  if (!ma || !mb) return candidates
  const lower = ma.lt(mb) ? a : b
  const argument = findArgument('evapotranspiration')!
  const doubt = text(
    '两列都像水深，按大小猜较大的是降水量、较小的是蒸散量，对吗？',
    'Both columns look like depths; the larger is taken for rain, the smaller for evapotranspiration. Right?',
  )
  return candidates.map((c) =>
    c === lower
      ? { ...c, argument, binding: { ...c.binding, argument: argument.id, question: doubt } }
      : blind.includes(c)
        ? { ...c, binding: { ...c.binding, question: doubt } }
        : c,
  )
}
