// Prices of the sample county: products and services, each with its year. A price of a year is the same in every book
// that tells it, so two years' accounts agree on the past.

import { part } from './county-dice.ts'
import type { CountyYear } from './county-book.ts'

/** 元/t in 2020 */
export const PRODUCTS = {
  稻谷: 2680,
  油菜籽: 5760,
  玉米: 2540,
  蔬菜: 3120,
  柑橘: 3650,
  茶叶: 68_400,
  油茶籽: 12_600,
  竹笋: 5200,
  板栗: 9400,
  猪肉: 20_600,
  牛肉: 67_200,
  羊肉: 62_500,
  禽肉: 17_400,
  禽蛋: 10_300,
  蜂蜜: 31_800,
} as const
export const PRODUCT_NAMES = Object.keys(PRODUCTS) as readonly (keyof typeof PRODUCTS)[]

/** 元/t of a year. */
export const productPrice = ({ dice }: Pick<CountyYear, 'dice'>, name: keyof typeof PRODUCTS, year: number): number =>
  moved(dice, `price ${name}`, PRODUCTS[name], year)

/** 元/m³ in 2020 */
export const TIMBER_PRICES = { 杉木: 1060, 马尾松: 790 } as const
export const timberPrice = (
  { dice }: Pick<CountyYear, 'dice'>,
  name: keyof typeof TIMBER_PRICES,
  year: number,
): number => moved(dice, `price ${name}`, TIMBER_PRICES[name], year)

const moved = (dice: CountyYear['dice'], label: string, base: number, year: number): number =>
  part(base, 1000 + 14 * (year - 2020) + dice.draw(`${label} ${year}`, -30, 30), 1000)
