// What the server found when it looked at itself, and what its three levels are called; never told by colour alone.

import type { Text } from '../../kernel/index.ts'

export type Level = 'green' | 'yellow' | 'red'

/** `GET /api/v1/doctor` */
export interface Diagnosis {
  readonly at: string
  readonly checks: readonly {
    readonly name: string
    readonly title: Text
    readonly level: Level
    readonly said: Text
    readonly hint?: Text
  }[]
}

export const LEVELS: Readonly<Record<Level, { readonly mark: string; readonly title: Text }>> = {
  green: { mark: '✓', title: { zh: '正常', en: 'well' } },
  yellow: { mark: '!', title: { zh: '留意', en: 'look at it' } },
  red: { mark: '✗', title: { zh: '要处理', en: 'to mend' } },
}
