// The words of parties (LADM, ISO 19152: LA_Party and LA_GroupParty): who can hold a right, object, be paid.

import { text } from '../../kernel/index.ts'

export const PARTY_KINDS = [
  { value: 'person', title: text('自然人', 'Natural person') },
  { value: 'household', title: text('农户', 'Household') },
  { value: 'village', title: text('村集体', 'Village collective') },
  { value: 'firm', title: text('企业', 'Firm') },
  { value: 'association', title: text('社会组织', 'Social organisation') },
  { value: 'government', title: text('党政机关', 'Government') },
] as const
export type PartyKind = (typeof PARTY_KINDS)[number]['value']

/** Kinds whose name is personal. */
export const isPersonal = (kind: string): boolean => kind === 'person' || kind === 'household'

export const PARTY_STATUS = [
  { value: 'standing', title: text('有效', 'Standing') },
  { value: 'ended', title: text('已终止', 'Ended') },
  { value: 'merged', title: text('已并入另一主体', 'Merged into another') },
] as const

export const MATTERS = [
  { value: 'all', title: text('全部事项', 'All matters') },
  { value: 'object', title: text('提出异议', 'Objecting to notices') },
  { value: 'sign', title: text('签订合同', 'Signing contracts') },
  { value: 'receive', title: text('领取款项', 'Receiving payments') },
] as const
export type Matter = (typeof MATTERS)[number]['value']

export const SUCCESSIONS = [
  { value: 'merger', title: text('合并', 'Merger') },
  { value: 'division', title: text('分立', 'Division') },
  { value: 'restructuring', title: text('改制', 'Restructuring') },
  { value: 'takeover', title: text('撤销后承继', 'Taken over after dissolution') },
  { value: 'household-split', title: text('分户', 'Household split') },
  { value: 'household-merger', title: text('并户', 'Households joined') },
] as const

/** A mandate as its columns have it. */
export interface MandateTerms {
  readonly matter: string
  readonly valid_from: string
  readonly valid_to: string | null
  readonly ended: string | null
  readonly agent: string | null
  readonly account: string | null
}

/** Whether a mandate lets somebody act in a matter on a day: an agent that is a party, or an account. */
export const mandateCovers = (
  m: MandateTerms,
  asked: { readonly agent?: string; readonly account?: string; readonly matter: Matter; readonly on: string },
): boolean =>
  (m.matter === 'all' || m.matter === asked.matter) &&
  m.valid_from <= asked.on &&
  (m.valid_to === null || asked.on <= m.valid_to) &&
  (m.ended === null || asked.on <= m.ended) &&
  ((m.agent !== null && m.agent === asked.agent) || (m.account !== null && m.account === asked.account))
