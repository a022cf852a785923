// What follows from a command or query that was declared once: its route, its place in the OpenAPI document, its verb on
// the command line, its form, its row in the table of permissions, and a test to begin with.

export { kebab, type Declared } from './declared.ts'
export * from './routes.ts'
export * from './http-status.ts'
export * from './open-api.ts'
export * from './verbs.ts'
export * from './form-schemas.ts'
export * from './permissions.ts'
export { skeletonFor, type Bench, type SkeletonNames } from './skeleton.ts'
