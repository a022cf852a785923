// Everything between a user's folder and the facts of an account: input lists read, written, proposed and taken over; facts read.

export { acceptList } from './accept-list.ts'
export { checkAccepted, checkList, type Locate } from './check-list.ts'
export { listSheet, readListSheet } from './list-sheet.ts'
export { classNames, regionNames, type ClassNames, type ClassSource, type RegionNames } from './names.ts'
export { newFrom, type Change, type NewList } from './new-from.ts'
export type { Unplaced } from './place-table.ts'
export { emptyServices, proposeList, type Need, type Placed, type Proposal, type ProposeOptions } from './propose.ts'
export { BAND, type MapReport } from './propose-map.ts'
export { readFacts, type ReadFacts } from './read-facts.ts'
export { parseListText, readList, type ReadList } from './read-list.ts'
export { listText, writeList } from './write-list.ts'
export { writeSafely } from './write-safely.ts'
