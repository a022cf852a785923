// Recipes as they are kept from run to run. Thousands of figures over pixels share some hundred formulas and tens of thousands of
// parts the same weights: those stand once, and figures are named by their place. Always holds: what is read equals what was kept.

import type { PixelRule, Recipe, Ref } from '../model.ts'

type Of<K extends Recipe['kind']> = Extract<Recipe, { readonly kind: K }>

type Kept =
  | readonly [kind: 'pixels', formula: number, rest: Omit<Of<'pixels'>, 'kind' | 'of'>]
  | readonly [kind: 'sum', of: readonly number[]]
  | readonly [kind: 'share', of: number, weights: number, index: number]
  | readonly [kind: 'other', recipe: Recipe]

/** Plain data. */
export interface KeptRecipes {
  readonly formulas: readonly PixelRule[]
  readonly weights: readonly (readonly Ref[])[]
  readonly recipes: readonly Kept[]
}

/** @param placeOf a figure's place, by its key; undefined where it is not among those kept */
export function keepRecipes(recipes: readonly Recipe[], placeOf: (key: string) => number | undefined): KeptRecipes {
  const formulas = once<PixelRule>((of) => JSON.stringify(of))
  const weights = once<readonly Ref[]>((of) => of)
  const keep = (recipe: Recipe): Kept => {
    switch (recipe.kind) {
      case 'pixels': {
        const { kind, of, ...rest } = recipe
        return [kind, formulas.place(of), rest]
      }
      case 'sum': {
        const of = recipe.of.map(placeOf)
        return of.every((at) => at !== undefined) ? ['sum', of] : ['other', recipe]
      }
      case 'share': {
        const of = 'figure' in recipe.of ? placeOf(recipe.of.figure) : undefined
        return of === undefined ? ['other', recipe] : ['share', of, weights.place(recipe.weights), recipe.index]
      }
      default:
        return ['other', recipe]
    }
  }
  return { recipes: recipes.map(keep), formulas: formulas.all, weights: weights.all }
}

/** @param keyOf a figure's key, by its place */
export function readRecipes(kept: KeptRecipes, keyOf: (place: number) => string): readonly Recipe[] {
  return kept.recipes.map((r): Recipe => {
    switch (r[0]) {
      case 'pixels':
        return { kind: 'pixels', of: kept.formulas[r[1]]!, ...r[2] }
      case 'sum':
        return { kind: 'sum', of: r[1].map(keyOf) }
      case 'share':
        return { kind: 'share', of: { figure: keyOf(r[1]) }, weights: kept.weights[r[2]]!, index: r[3] }
      case 'other':
        return r[1]
    }
  })
}

/** A list in which equal things stand once. */
function once<T>(nameOf: (thing: T) => unknown) {
  const all: T[] = []
  const places = new Map<unknown, number>()
  return {
    all,
    place: (thing: T): number => {
      const name = nameOf(thing)
      const place = places.get(name) ?? all.push(thing) - 1
      places.set(name, place)
      return place
    },
  }
}
