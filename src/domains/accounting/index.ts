// What others may use of the accounting domain (A1 to A4, A6, A7 of the clause map).

export * from './model.ts'
export * from './services.ts'
export * from './arguments.ts'
export type * from './input-list.ts'
export * from './figure-key.ts'
export * from './problems.ts'
export { METHODS, findMethod, requiredArguments, possibleArguments, pricesOf, type Method } from './methods/index.ts'
export { runAccount, runBlock, classificationOf, type RunInput, type RunResult } from './run.ts'
export { blockSchema, mergeBlocks, type Block, type BlockSums, type MergedBlocks } from './maps/blocks.ts'
export { problem as mapsProblem } from './maps/problems.ts'
export { checkInputs, type InputsChecked } from './check-inputs.ts'
export { writeOutputs, writeTables, readPackageFile, NAMES, type Outputs, type OutputInput } from './outputs.ts'
export { refuseForeignFiles } from './own-folder.ts'
export { explainer, type Explainer, type Passport, type PassportNode } from './explain.ts'
export {
  openPackage,
  reportFiles,
  writePackage,
  below,
  LIST_NAME,
  textOf,
  type OpenPackage,
} from './package/package.ts'
export { writeRasters } from './maps/write-rasters.ts'
export { READING_MAPS } from './engine/pixels/sum-pixels.ts'
export type { RegionProgress, RegionsSoFar, RegionSum, RegionWatch } from './engine/pixels/region-watch.ts'
export { mapViews, type MapView } from './maps/map-views.ts'
export type { WorkingCache } from './maps/working-cache.ts'
export { lookAtPixel, openPixels, type OpenPixels } from './look-at-pixel.ts'
export type { PixelPassport } from './pixel-passport.ts'
export { unpackInputs, verifyPackage, withInputs, type Verification } from './package/verify.ts'
export { diffAccounts, diffText, changeBetween } from './compare/index.ts'
export { classNames as classTitles, gepOf } from './engine/compute.ts'
export { levelOne } from './engine/totals.ts'
export { reduceToCommonSet, reducedRows } from './sets.ts'
export { overridesText, readOverrides, withApproved } from './approved-overrides.ts'
export { USES, FITNESS_RULES, fitnessOfFigure } from './fitness.ts'
export { GANZI_LIST, ganziWorkbooks } from './sample/ganzi.ts'
export { countySample } from './sample/county.ts'
export { COUNTY_CODE as SAMPLE_COUNTY } from './sample/county-place.ts'
export { sampleRegionRows } from './sample/sample-regions.ts'
export { writeCounty, writeExample } from './sample/write-example.ts'
export * from './inputs/index.ts'
