// The values everything else is made of. Pure and safe for browsers: no clock, no disk, no network.

export * from './text.ts'
export * from './problem.ts'
export * from './decimal.ts'
export * from './unit.ts'
export * from './quantity.ts'
export * from './money.ts'
export * from './canonical-json.ts'
export * from './passport-code.ts'
export * from './period.ts'
export * from './region.ts'
