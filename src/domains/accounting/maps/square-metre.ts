// The unit pixel areas stand in.

import { unit } from '../../../kernel/index.ts'

export const SQUARE_METRE = unit('m2')
