// What the server tells of an account: statement, reasons, findings, grounds, zones, pixels, comparison. Numbers come as text, worded
// and exact: nothing is left to calculate. Types only.

import type { Text } from '../../kernel/index.ts'

export interface Cell {
  readonly code: string
  readonly key: string
  readonly title: Text
  readonly text: string
  readonly exact: string
  readonly unit: Text
}

export interface Fit {
  readonly use: Text
  readonly fit: boolean
  readonly why: readonly Text[]
}

export type BasisId = 'constant' | 'current'
export interface BasisNamed {
  readonly id: BasisId
  readonly title: Text
}

export interface Region {
  readonly code: string
  readonly name: Text
  readonly depth: number
}

/** `GET /api/v1/accounts/ID` */
export interface Head {
  readonly title: Text
  readonly year: number
  readonly priceYear: number
  readonly set: Text
  readonly status: 'trial' | 'preliminary' | 'official'
  readonly statusTitle: Text
  readonly legalDate: string
  readonly sample: boolean
  readonly engine: string
  readonly mapNumber?: string
  readonly region: string
  readonly regions: readonly Region[]
  readonly bases: readonly BasisNamed[]
  readonly totals: readonly { readonly basis: Text; readonly year: number; readonly cell: Cell }[]
  readonly fitness: readonly Fit[]
  readonly findings: { readonly red: number; readonly yellow: number; readonly open: number }
  readonly figures: number
  readonly zones: number
  readonly maps: readonly {
    readonly title: Text
    readonly year: number
    readonly file: string
    readonly size: Text
    readonly crs: Text
  }[]
  readonly withInputs: boolean
  readonly packageId: string
}

export interface StatementRow {
  readonly id: string
  readonly title: Text
  readonly kind: 'total' | 'group' | 'service' | 'part'
  readonly quantity?: Cell
  readonly constant?: Cell
  readonly current?: Cell
  readonly share?: string
  readonly state?: Text
  readonly reason?: Text
  readonly method?: Text
  readonly memo?: true
  readonly parts?: readonly StatementRow[]
}

export interface Statement {
  readonly region: string
  readonly name: Text
  readonly money: Text
  readonly year: number
  readonly priceYear: number
  readonly status: Text
  readonly rows: readonly StatementRow[]
}

export interface Regions {
  readonly money: Text
  readonly area: Text
  readonly basis: Text
  readonly year: number
  readonly priceYear: number
  readonly ratios: readonly { readonly id: string; readonly title: Text; readonly unit: Text }[]
  readonly rows: readonly (Region & {
    readonly area?: Cell
    readonly constant?: Cell
    readonly current?: Cell
    readonly ratios: Readonly<Record<string, Cell>>
  })[]
}

export interface Classes {
  readonly money: Text
  readonly area: Text
  readonly year: number
  readonly priceYear: number
  readonly rows: readonly {
    readonly code: string
    readonly name: Text
    readonly area?: Cell
    readonly constant?: Cell
    readonly current?: Cell
    readonly share?: string
  }[]
}

export interface Found extends Text {
  readonly code: string
  readonly check?: string | undefined
  readonly severity: 'red' | 'yellow'
  readonly hint: Text
  readonly place: string
  readonly explained?: { readonly reason: string; readonly by: string } | undefined
  readonly figure?: { readonly code: string; readonly title: Text }
}

export interface ParameterUsed {
  readonly id: string
  readonly key: string
  readonly title: Text
  readonly value: string
  readonly unit: string
  readonly mark: Text
  readonly confirmed: boolean
  readonly source: readonly Text[]
  readonly layer: string
  readonly version: string
  readonly price: boolean
  /** Value of the lines that rest on it, 元. */
  readonly touches: string
  readonly override?: {
    readonly reason: Text
    readonly approver: string
    readonly was?: { readonly value: string; readonly unit: string }
    readonly act?: { readonly id: string; readonly leaf: number }
    readonly effect: string
  }
}

export interface Grounds {
  readonly methods: readonly {
    readonly service: string
    readonly title: Text
    readonly method: string
    readonly name: Text
    readonly choices: Readonly<Record<string, string>>
  }[]
  readonly parameters: readonly ParameterUsed[]
  readonly prices: readonly {
    readonly title: Text
    readonly basis: Text
    readonly value: string
    readonly unit: string
    readonly year: number
    readonly mark: Text
    readonly note?: Text
  }[]
  readonly sources: readonly {
    readonly file: string
    readonly sha256: string
    readonly bytes: number
    readonly custodian?: string
    readonly period?: string
  }[]
  readonly facts: number
  readonly fallbacks: readonly {
    readonly title: Text
    readonly region: string
    readonly year: number
    readonly reason: string
  }[]
  readonly gaps: readonly {
    readonly region: Text
    readonly service: Text
    readonly item: Text
    readonly state: Text
    readonly reason?: Text
  }[]
}

export interface Origin {
  readonly file: string
  readonly sha256: string
  readonly sheet?: string
  readonly cell?: string
  readonly line?: number
  readonly band?: number
}

/** One step of a reason. */
export interface ReasonNode {
  readonly kind: 'figure' | 'fact' | 'parameter' | 'table' | 'map'
  readonly title: Text
  readonly value: { readonly value: string; readonly unit: string }
  readonly unit: Text
  readonly code?: string
  readonly mark?: string
  readonly pixelCode?: string
  readonly origin?: Origin
  readonly formula?: Text
  readonly filled?: readonly string[]
  readonly rule?: {
    readonly id: string
    readonly version: string
    readonly file: string
    readonly clause?: string
    readonly source: readonly string[]
    readonly mark: string
  }
  readonly method?: Text
  readonly basis?: string
  readonly year?: number
  readonly source?: readonly string[]
  readonly note?: Text
  readonly children: readonly ReasonNode[]
}

export interface Why {
  readonly root: ReasonNode
  readonly recomputed: boolean
  readonly fitness: readonly Fit[]
  readonly lines: readonly {
    readonly code: string
    readonly title: Text
    readonly value: { readonly value: string; readonly unit: string }
    readonly unit: Text
  }[]
}

export interface ZoneProperties {
  readonly region: string
  readonly name: Text
  readonly code?: string
  readonly title?: Text
  readonly text?: string
  readonly colour?: string
}

export interface ZoneMap {
  readonly subjects: readonly { readonly id: string; readonly title: Text }[]
  readonly subject: string
  readonly basis: BasisId
  readonly bases: readonly BasisNamed[]
  readonly basisTitle: Text
  readonly year: number
  readonly unit: Text
  readonly classes: readonly { readonly from: number; readonly to: number; readonly colour: string }[]
  readonly degrees: boolean
  readonly pixels: boolean
  readonly mapNumber?: string
  readonly zones: {
    readonly type: 'FeatureCollection'
    readonly features: readonly {
      readonly type: 'Feature'
      readonly id: string
      readonly geometry: unknown
      readonly properties: ZoneProperties
    }[]
  }
}

export interface PixelOpened {
  readonly place: {
    readonly x: number
    readonly y: number
    readonly lonLat: readonly [number, number]
    readonly pixel: readonly [number, number]
  }
  readonly region: Text
  readonly class: Text
  readonly areaM2: string
  readonly figures: readonly {
    readonly code: string
    readonly title: Text
    readonly node?: ReasonNode
    readonly missing?: Text
  }[]
}

interface Sides {
  readonly old?: { readonly value: string; readonly unit: string }
  readonly new?: { readonly value: string; readonly unit: string }
}
interface Yuan {
  readonly basis: Text
  readonly old?: string | undefined
  readonly new?: string | undefined
}

export interface Comparison {
  readonly sides: readonly [SideHead, SideHead]
  readonly same: boolean
  readonly head: readonly { readonly title: Text; readonly old?: string; readonly new?: string }[]
  readonly totals: readonly Yuan[]
  readonly common?: {
    readonly services: readonly Text[]
    readonly totals: readonly Yuan[]
    readonly dropped: readonly Text[]
  }
  readonly changes: readonly {
    readonly basis: Text
    readonly before: string
    readonly after: string
    readonly growth?: string | undefined
    readonly refused: readonly Text[]
    readonly effects: readonly { readonly effect: string; readonly yuan: string }[]
  }[]
  readonly counts: Readonly<Record<'figures' | 'facts' | 'parameters' | 'prices' | 'methods', number>>
  readonly figures: readonly (Sides & {
    readonly code: string
    readonly title: Text
    readonly onTotal: { readonly constant?: string | undefined; readonly current?: string | undefined }
  })[]
  readonly facts: readonly (Sides & {
    readonly id: string
    readonly title: Text
    readonly oldCell?: string
    readonly newCell?: string
  })[]
  readonly parameters: readonly (Sides & { readonly id: string; readonly key: string; readonly title: Text })[]
  readonly prices: readonly (Sides & { readonly price: string; readonly title: Text; readonly basis: Text })[]
  readonly methods: readonly { readonly title: Text; readonly old?: string; readonly new?: string }[]
}

interface SideHead {
  readonly title: Text
  readonly year: number
  readonly status: Text
  readonly set: Text
  readonly engine: string
}
