// The server room: the house that commands work in, HTTP over it, and the read-only pages of one report folder.

export { reportServer } from './report-server.ts'
export * from './house/index.ts'
export * from './doctor/index.ts'
export * from './http/index.ts'
