// Emission permits as assets: one asset a pollutant, counted in kilograms, every unit with a serial. Pure.

import type { Text } from '../../kernel/index.ts'
import type { AccountName, Asset } from '../../core/ledger/index.ts'

/** Pollutants under total control or commonly traded; the list is data of a province and may be longer there. */
export const POLLUTANTS = [
  { value: 'COD', title: { zh: '化学需氧量', en: 'chemical oxygen demand' } },
  { value: 'NH3-N', title: { zh: '氨氮', en: 'ammonia nitrogen' } },
  { value: 'TP', title: { zh: '总磷', en: 'total phosphorus' } },
  { value: 'TN', title: { zh: '总氮', en: 'total nitrogen' } },
  { value: 'SO2', title: { zh: '二氧化硫', en: 'sulphur dioxide' } },
  { value: 'NOx', title: { zh: '氮氧化物', en: 'nitrogen oxides' } },
  { value: 'VOCs', title: { zh: '挥发性有机物', en: 'volatile organic compounds' } },
] as const satisfies readonly { readonly value: string; readonly title: Text }[]
export type Pollutant = (typeof POLLUTANTS)[number]['value']

export const permitCode = (pollutant: Pollutant): string => `permit.${pollutant}`

export function permitAsset(pollutant: Pollutant): Asset {
  const { title } = POLLUTANTS.find((p) => p.value === pollutant)!
  return {
    code: permitCode(pollutant),
    unit: 'kg',
    scale: 0,
    class: 'permit',
    issuer: 'operator',
    title: { zh: `${title.zh}排污权`, en: `${title.en} permit` },
    lots: true,
  }
}

export const holding = (firm: string, pollutant: Pollutant): AccountName => ({
  asset: permitCode(pollutant),
  owner: firm,
  purpose: 'holding',
})
export const issued = (place: string, pollutant: Pollutant): AccountName => ({
  asset: permitCode(pollutant),
  owner: place,
  purpose: 'issued',
})
export const retired = (firm: string, pollutant: Pollutant): AccountName => ({
  asset: permitCode(pollutant),
  owner: firm,
  purpose: 'retired',
})
export const expired = (firm: string, pollutant: Pollutant): AccountName => ({
  asset: permitCode(pollutant),
  owner: firm,
  purpose: 'expired',
})

export const permitSubject = (id: string): string => `permit:${id}`
export const firmSubject = (id: string): string => `organisation:${id}`
