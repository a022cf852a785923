// Elementary functions for pixels and coordinates, made of + − × ÷ √ and the bits of doubles alone: every engine and
// every machine gives the same digits, which Math.exp and its kin do not promise. Special values are ECMAScript's.

export { exp } from './exp.ts'
export { ln, log10, log1p } from './ln.ts'
export { pow } from './pow.ts'
export { sin, cos, tan } from './sin.ts'
export { atan, atan2, asin, acos } from './atan.ts'
export { sinh, cosh, tanh, asinh, atanh } from './hyperbolic.ts'
