// The server room: for now the read-only pages of one report folder, and the house that commands work in.

export { reportServer } from './report-server.ts'
export * from './house/index.ts'
