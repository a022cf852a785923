// The order of the house: an import may only point to a room further left, and only at its index.ts.
// The boundary check (tools/dependency-cruiser.mjs) and the picture in ARCHITECTURE.md come from this one list.
export const rooms = [
  'kernel',
  'core/store',
  'core/evidence',
  'core/rules',
  'core/ledger',
  'core/indicators',
  'core/record',
  'core/identity',
  'core/files',
  'core/timer',
  'core/exchange-formats',
  'raster',
  'domains',
  'server',
  'workbench',
  'cli',
]
