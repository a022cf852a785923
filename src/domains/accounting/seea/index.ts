// SEEA EA: use by economic unit as figures, and the tables that name them.

export * from './use.ts'
export * from './tables.ts'
