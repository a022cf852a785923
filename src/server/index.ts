// The server room: for now the read-only pages of one report folder.

export { reportServer } from './report-server.ts'
