// The value of an ecological product of a specific place (特定地域单元生态产品价值, VEP): what a unit is, what is asked
// for each of the four methods, and what comes out. Serves the VEP guides named in rules/national/vep (DB11/T 2105-2023,
// DB3305/T 271-2023). Always holds: school, use, term and every chosen number are stated by someone; nothing has a default.

import { text, type CivilDate, type Problem, type Text } from '../../../kernel/index.ts'
import type { Fact, Figure, SourceFile } from '../model.ts'
import type { Polygon } from './polygon.ts'

export const KINDS = {
  'under-forest': text('林下经营项目', 'Under-forest or tea garden business'),
  'river-reach': text('河段修复项目', 'Restoration of a river reach'),
  homestay: text('民宿集群与古村', 'Cluster of homestays, old village'),
  other: text('其他单元', 'Other unit'),
} as const satisfies Record<string, Text>
export type Kind = keyof typeof KINDS

export const SCHOOLS = {
  'market-value': text(
    '市场价值口径（北京一脉，DB11/T 2105-2023）',
    'Market-value school (Beijing line, DB11/T 2105-2023)',
  ),
  'project-gep': text(
    '项目增值口径（浙江、湖州一脉，DB3305/T 271-2023 第7章）',
    'Project-GEP or change school (Zhejiang and Huzhou line, DB3305/T 271-2023 chapter 7)',
  ),
} as const satisfies Record<string, Text>
export type School = keyof typeof SCHOOLS

export const METHODS = {
  income: text('收益法', 'Income method'),
  market: text('市场比较法', 'Market comparison'),
  cost: text('成本法', 'Cost method'),
  'value-change': text('价值变化法（有无对比）', 'Value change, with and without the project'),
} as const satisfies Record<string, Text>
export type VepMethod = keyof typeof METHODS

export const USES = {
  credit: text('信贷', 'credit'),
  equity: text('入股', 'equity'),
  trade: text('交易', 'trade'),
  compensation: text('补偿', 'compensation'),
  damage: text('损害赔偿', 'damage'),
  investment: text('投资决策', 'investment decision'),
} as const satisfies Record<string, Text>
export type VepUse = keyof typeof USES

export const EVIDENCE = {
  'right-proof': text('权属证明', 'Proof of the right'),
  'operator-accounts': text('经营主体账册', "Operator's accounts"),
  'contribution-ground': text('生态贡献率依据', 'Ground for the ecological contribution β'),
  'discount-ground': text('折现率依据', 'Ground for the discount rate'),
  'comparable-deals': text('可比案例材料', 'Papers of comparable deals'),
  'cost-vouchers': text('成本凭证', 'Cost vouchers'),
  'baseline-survey': text('无项目情景（本底）调查', 'Survey of the state without the project'),
  'project-survey': text('有项目情景监测或设计', 'Monitoring or design of the state with the project'),
  other: text('其他材料', 'Other paper'),
} as const satisfies Record<string, Text>
export type EvidenceKind = keyof typeof EVIDENCE

/** Payments at the end of each year (t = 1…n) or at its beginning (t = 0…n−1). */
export type PaymentTiming = 'end' | 'begin'
export const TIMING: Readonly<Record<PaymentTiming, Text>> = {
  end: text('年末收付（t = 1…n）', 'at the end of each year (t = 1…n)'),
  begin: text('年初收付（t = 0…n−1）', 'at the beginning of each year (t = 0…n−1)'),
}

export interface Evidence {
  readonly kind: EvidenceKind
  readonly title: string
  readonly file: string
  /** Empty where the file is not there (then a problem says so). */
  readonly sha256: string
}

export interface Right {
  readonly kind: string
  readonly holder: string
  readonly proof: { readonly number: string; readonly file: string; readonly sha256: string }
  readonly from: CivilDate
  readonly to: CivilDate
}

/** A number someone chose, with the ground for it; `fact` is where it stands. */
export interface Chosen {
  readonly fact: Fact
  readonly ground: string
}

export interface Product {
  readonly name: string
  readonly ecosystem: string
  readonly service: string
  readonly period: string
  readonly quantity: Fact
  readonly source: string
}

/** One line of the operator's accounts in year `t` of the term. */
export interface AccountRow {
  readonly t: number
  readonly side: 'revenue' | 'cost'
  readonly item: string
  /** 实绩 actual, 预测 forecast. */
  readonly nature: 'actual' | 'forecast'
  readonly year: Fact
  readonly amount: Fact
}

export const FACTORS = {
  location: text('区位', 'location'),
  time: text('时间', 'time'),
  quality: text('质量', 'quality'),
  rights: text('权利', 'rights'),
} as const satisfies Record<string, Text>
export type Factor = keyof typeof FACTORS

/** A comparable deal: its price per 亩, the factors that bring it to this place, and its weight. */
export interface Deal {
  readonly name: string
  readonly source: string
  readonly date: string
  readonly price: Fact
  readonly factors: Readonly<Record<Factor, Fact>>
  readonly weight: Fact
}

export const COSTS = {
  protection: text('保护', 'protection'),
  restoration: text('修复', 'restoration'),
  operation: text('运营', 'operation'),
} as const satisfies Record<string, Text>
export type CostKind = keyof typeof COSTS

export interface Voucher {
  readonly kind: CostKind
  readonly item: string
  readonly number: string
  /** Whole years from the payment to the valuation date: what the compounding counts. */
  readonly age: Fact
  readonly amount: Fact
}

/** Inputs of a rule by name, or 实物量 where the physical quantity itself is given. */
export type ServiceState = Readonly<Record<string, Fact>>
/** The variable that holds a physical quantity measured or counted, where no rule computes it. */
export const MEASURED = '实物量'

/** One service with and without the project: the same rule, keys and price on both sides. */
export interface ServiceChange {
  /** Code of the service (R2, R8 …). */
  readonly service: string
  readonly name: string
  readonly rule?: { readonly id: string; readonly output: string; readonly keys: Readonly<Record<string, string>> }
  readonly with: ServiceState
  readonly without: ServiceState
  /** Left out where the sheet has none; then a problem says so. */
  readonly price?: Fact
  readonly priceGround: string
}

export type Inputs =
  | {
      readonly method: 'income'
      readonly rows: readonly AccountRow[]
      readonly contribution?: Chosen
      readonly discount?: Chosen
      readonly timing?: PaymentTiming
    }
  /** `size`: the area the right covers, where it is not the area of the boundary. */
  | { readonly method: 'market'; readonly deals: readonly Deal[]; readonly size?: Chosen }
  | {
      readonly method: 'cost'
      readonly vouchers: readonly Voucher[]
      readonly compounding?: Chosen
      readonly profit?: Chosen
      readonly depreciation?: Chosen
    }
  | {
      readonly method: 'value-change'
      readonly services: readonly ServiceChange[]
      /** The yearly change, or its present value over the term. */
      readonly change?: 'annual' | 'npv'
      readonly discount?: Chosen
      readonly timing?: PaymentTiming
    }

export interface VepUnit {
  readonly id: string
  readonly name: Text
  readonly kind: Kind
  readonly region: { readonly code: string; readonly name: Text }
  readonly boundary: Polygon
  readonly area: Fact
  readonly right: Right
  /** Years, a fact of its own; undefined where nobody stated it. */
  readonly term?: Fact
  readonly school?: School
  readonly method: VepMethod
  readonly use: VepUse
  readonly valid: { readonly from: CivilDate; readonly to: CivilDate }
  readonly evidence: readonly Evidence[]
  readonly products: readonly Product[]
  readonly inputs: Inputs
  readonly risks: readonly Text[]
  /** Line of vep.yaml on which the unit begins. */
  readonly line: number
  /** What reading it found. */
  readonly problems: readonly Problem[]
}

export interface VepHead {
  readonly title: Text
  /** Valuation date (核算基准日): rules and remaining rights are counted from it. */
  readonly date: CivilDate
  readonly sample: boolean
  readonly prepared: { readonly organisation?: string; readonly computedBy?: string; readonly reviewedBy?: string }
  readonly mapNumber?: string
}

export interface VepFile {
  readonly head: VepHead
  readonly units: readonly VepUnit[]
  readonly sources: readonly SourceFile[]
  readonly problems: readonly Problem[]
}

/** One what-if: the chosen number moved one step, everything else as it stands. */
export interface WhatIf {
  readonly label: Text
  /** Figure key; undefined where the step is not possible, and then `why` says so. */
  readonly figure?: string
  readonly why?: Text
}

export interface UnitResult {
  readonly unit: VepUnit
  readonly status: 'computed' | 'refused'
  /** Red and yellow, those of the unit only. */
  readonly problems: readonly Problem[]
  /** Key of the figure that is the value of the unit; undefined where refused. */
  readonly value?: string
  /** Keys by what they are, in order of printing. */
  readonly figures: readonly string[]
  readonly whatIfs: readonly WhatIf[]
}

export interface VepResult {
  readonly head: VepHead
  readonly engine: string
  readonly units: readonly UnitResult[]
  readonly facts: readonly Fact[]
  readonly figures: readonly Figure[]
  readonly sources: readonly SourceFile[]
  /** Those of the file as a whole. */
  readonly problems: readonly Problem[]
}

/** The sentence every report and register carries. */
export const NEVER_ADDED: Text = text(
  '特定地域单元生态产品价值（VEP）不与同一地域的生态产品总值（GEP）相加：前者可能是未来多年收益的现值，后者是一年的流量，二者分账记载。',
  'The value of an ecological product of a place (VEP) is never added to the gross ecosystem product (GEP) of the same area: VEP may capitalise the income of many years, GEP is the flow of one year, and they are kept in different books.',
)

export const figureKeyOf = (unit: string, what: string): string =>
  `vep|${unit.replaceAll('|', '¦')}|${what.replaceAll('|', '¦')}`
export const factId = (argument: string, unit: string, item: string, year: string | number): string =>
  [argument, unit, '-', item, String(year)].map((s) => s.replaceAll('|', '¦')).join('|')
