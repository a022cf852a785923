// What every route is given: the house, who asks, and what is kept between requests.

import type { House } from '../house/index.ts'
import type { Answers } from './answers.ts'
import type { Limits, ServerOptions } from './options.ts'
import type { Sessions } from './session-cache.ts'

export interface Serving {
  readonly house: House
  readonly options: ServerOptions
  readonly limits: Limits
  readonly sessions: Sessions
  readonly answers: Answers
}
