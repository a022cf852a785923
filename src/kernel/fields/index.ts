// Kernel fields: one declaration of a form gives its check, its types, its JSON Schema, its words on a command line and
// who may see which value.

export * from './grade.ts'
export * from './field.ts'
export * from './kinds.ts'
export * from './check.ts'
export * from './walk.ts'
export { gradeOf, titleOf } from './locate.ts'
export * from './json-schema.ts'
export * from './describe.ts'
export * from './from-words.ts'
export * from './to-words.ts'
