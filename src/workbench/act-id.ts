// The id of a submission, made here and kept while the same content is tried again: a double click or a lost answer does
// nothing twice, since the server knows the id.

import { uuidv7, type Uuid } from '../kernel/index.ts'

export const newActId = (): Uuid => uuidv7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
