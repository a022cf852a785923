// Change of value between two accounts, split into quantity, price, joint and other effects (gep.md section 9).
//   ΔV = (q1−q0)·p0 + q0·(p1−p0) + Δq·Δp + other
// Always holds: the four parts add up to ΔV to the fen. A line whose method differs between the years, or that stands
// in one year only, is not split: its whole change is `other`, for a growth across methods would mean nothing.

import { convert, dec, roundTo, sameDimensions, ZERO, type Dec, type Quantity } from '../../../kernel/index.ts'
import { indexFigures } from '../figure-key.ts'
import type { Account } from '../model.ts'
import { SERVICES, type ServiceId } from '../services.ts'
import { baseLines } from './base-lines.ts'

export interface ChangeParts {
  /** All in 元, current prices. */
  readonly before: Dec
  readonly now: Dec
  readonly change: Dec
  readonly quantity: Dec
  readonly price: Dec
  readonly joint: Dec
  readonly other: Dec
}

export interface ChangeSplit {
  readonly rows: readonly (ChangeParts & { readonly service: ServiceId })[]
  readonly total: ChangeParts
  /** Services in which a line changed its method. */
  readonly methodBreaks: readonly ServiceId[]
  /** Both years stand at one price base year and one method each: only then constant-price growth is stated. */
  readonly comparable: boolean
}

const NOTHING: ChangeParts = {
  before: ZERO,
  now: ZERO,
  change: ZERO,
  quantity: ZERO,
  price: ZERO,
  joint: ZERO,
  other: ZERO,
}

const add = (a: ChangeParts, b: ChangeParts): ChangeParts => ({
  before: a.before.plus(b.before),
  now: a.now.plus(b.now),
  change: a.change.plus(b.change),
  quantity: a.quantity.plus(b.quantity),
  price: a.price.plus(b.price),
  joint: a.joint.plus(b.joint),
  other: a.other.plus(b.other),
})

interface Priced {
  readonly method: string
  readonly value: Dec
  readonly quantity?: Dec
}

const fen = (d: Dec): Dec => roundTo(d, dec('0.01'), 'half-up')

/** The parts of one line's change; exact by construction. */
export function splitLine(was: Priced | undefined, is: Priced | undefined): ChangeParts {
  const [before, now] = [was?.value ?? ZERO, is?.value ?? ZERO]
  const change = now.minus(before)
  const whole = { ...NOTHING, before, now, change, other: change }
  const [q0, q1] = [was?.quantity, is?.quantity]
  if (!was || !is || was.method !== is.method || !q0 || !q1 || q0.isZero() || q1.isZero()) return whole
  const [p0, p1] = [before.div(q0), now.div(q1)]
  const quantity = fen(q1.minus(q0).times(p0))
  const price = fen(q0.times(p1.minus(p0)))
  // Δq·Δp to the fen, taken as what the two rounded parts leave, so that nothing but method stands under `other`.
  return { before, now, change, quantity, price, joint: change.minus(quantity).minus(price), other: ZERO }
}

export function splitChange(now: Account, before: Account): ChangeSplit {
  const [a, b] = [lines(before), lines(now)]
  const sums = new Map<ServiceId, ChangeParts>()
  const breaks = new Set<ServiceId>()
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const [was, is] = [a.get(key), b.get(key)]
    const service = (is ?? was)!.service
    if (was && is && was.method !== is.method) breaks.add(service)
    const quantity = is?.quantity && was?.quantity ? sameScale(was, is) : undefined
    sums.set(service, add(sums.get(service) ?? NOTHING, splitLine(quantity?.was ?? was, quantity?.is ?? is)))
  }
  const rows = SERVICES.flatMap(({ id }) => (sums.has(id) ? [{ service: id, ...sums.get(id)! }] : []))
  return {
    rows,
    total: rows.reduce(add, NOTHING),
    methodBreaks: SERVICES.map((s) => s.id).filter((id) => breaks.has(id)),
    comparable: breaks.size === 0 && now.head.priceYear === before.head.priceYear && now.head.set === before.head.set,
  }
}

interface Entry extends Priced {
  readonly service: ServiceId
  readonly measured?: Quantity
}

function lines(account: Account): ReadonlyMap<string, Entry> {
  const index = indexFigures(account)
  const entries = new Map<string, Entry>()
  for (const line of baseLines(account)) {
    const value = line.current === undefined ? undefined : index.find(line.current)?.quantity
    if (!value) continue
    const quantity = line.quantity === undefined ? undefined : index.find(line.quantity)?.quantity
    entries.set([line.region, line.class, line.service, line.item].join('|'), {
      service: line.service,
      method: line.method,
      value: convert(value, '元').value,
      ...(quantity ? { quantity: quantity.value, measured: quantity } : {}),
    })
  }
  return entries
}

/** Last year's quantity in this year's unit; without a common dimension the line is not split. */
function sameScale(was: Entry, is: Entry): { readonly was: Priced; readonly is: Priced } {
  if (!was.measured || !is.measured || !sameDimensions(was.measured.unit, is.measured.unit))
    return { was: { method: was.method, value: was.value }, is: { method: is.method, value: is.value } }
  return { was: { ...was, quantity: convert(was.measured, is.measured.unit).value }, is }
}
