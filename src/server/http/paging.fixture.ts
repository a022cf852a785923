// For tests of pages cut by a database: the plain twin, which searches, orders and cuts the rows in memory.

export { arranged } from './paging.ts'
