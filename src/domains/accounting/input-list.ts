// The input list: the one description of a run, as `account.yaml` or as its twin sheet 输入清单.
// A guess counts only when the list is accepted (`accepted` names who and when).

import type { Text } from '../../kernel/index.ts'
import type { Resampling } from '../../raster/index.ts'
import type { FallbackKind, Status } from './model.ts'

/** One row a day, or one map a date: how the days become the numbers of the account. */
export interface DaySeries {
  /** The column with the dates. For a map the date of this band itself (`2020-06-09`); maps of one month are taken together,
   *  as `mean` or `max`. */
  readonly date: string
  /** `each`: one number a day, its item the date; `count`: how many days; `years`: how many years have days at all. */
  readonly take: 'sum' | 'mean' | 'max' | 'count' | 'each' | 'years'
  /** One number a year, or one a month with items 01 to 12. Left out: a year. */
  readonly per?: 'year' | 'month'
  /** Only days whose value, as written in the column, is not below it. */
  readonly atLeast?: string
  /** Only days whose value is above it. */
  readonly above?: string
  /** Days without a value that a period may have. Left out: none. */
  readonly missing?: number
  /** Left out: every year for `each` and `years`, the accounting year for the rest. */
  readonly years?: 'all' | 'account'
}

/** Where one argument's numbers stand. Columns are headings as printed or letters (`C`); rows run to the end of the table.
 *  In a map `column` is the band: `band 1`. In polygons (lakes, reservoirs) it is an attribute, or `图形面积` (`shape area`), the
 *  area of the polygon itself; `sheet` names the layer. */
export interface Binding {
  readonly argument: string
  readonly file: string
  readonly sheet?: string
  /** 1-based row where the headings begin; found by itself where left out. */
  readonly header?: number
  /** Heading or letter of the column with the values. */
  readonly column: string
  /** Only rows whose cell in `column` equals `is` (for sheets of the form 指标 | 单位 | 数值). */
  readonly where?: { readonly column: string; readonly is: string }
  /** A column with region codes or names, or one region for all rows. Left out: the account's region. */
  readonly region?: { readonly column: string } | { readonly code: string }
  /** A column with class names or codes, or one class for all rows. */
  readonly class?:
    | {
        readonly column: string
        readonly crosswalk?: string
        /** For maps: pixel code → class; `-` for codes that are no land of the account. */
        readonly codes?: Readonly<Record<string, string>>
      }
    | { readonly code: string }
  /** The table gives values for the pixel codes of a map: its column of codes, the map and the band. */
  readonly code?: { readonly column: string; readonly map: string; readonly band?: number }
  readonly item?: { readonly column: string } | { readonly name: string }
  readonly unit: string
  readonly days?: DaySeries
  /** For maps of measures whose pixels are not those of the account: what a pixel of the account takes. Left out: `bilinear`.
   *  Classes and codes always take the nearest. */
  readonly resampling?: Resampling
  /** Year of the values where it is not the accounting year (prices, fall-backs), or a column with it. */
  readonly year?: number | { readonly column: string }
  /** A column with evidence marks, or one mark. */
  readonly mark?: { readonly column: string } | 'confirmed' | 'back-solved' | 'unconfirmed' | 'reported'
  readonly source?: { readonly column: string } | string
  readonly fallback?: { readonly kind: FallbackKind; readonly year: number; readonly reason: string }
  /** Only in proposals: why this was guessed, and what to confirm. */
  readonly ground?: Text
  readonly question?: Text
}

/** A price taken from the price book instead of a workbook. */
export interface BookPrice {
  readonly price: string
  readonly item?: string
  readonly class?: string
  readonly book: string
  readonly key: string
}

/** The act of the record that put an override in force, carried along so that a package proves its own overrides. */
export interface OverrideAct {
  readonly id: string
  /** Place in the log, from 0. */
  readonly leaf: number
  /** The proof of the act as its file holds it, on one line. */
  readonly proof: string
}

export interface ParameterOverride {
  readonly parameter: string
  readonly key?: string
  /** Counts there and in what lies within. Left out: everywhere in the account. */
  readonly region?: string
  readonly value: string
  readonly unit: string
  readonly reason: string
  readonly approver: string
  readonly source?: string
  readonly mark?: 'confirmed' | 'back-solved' | 'unconfirmed'
  readonly act?: OverrideAct
}

export interface Explanation {
  /** Code of the finding and the figure, file or cell it is about. */
  readonly finding: string
  readonly about?: string
  readonly reason: string
  readonly by: string
}

export interface InputList {
  readonly qingshan: 'account/1'
  readonly title: Text
  readonly year: number
  readonly priceYear: number
  readonly set: string
  readonly status: Status
  /** Region of the account; its children come from `regions`. */
  readonly region: { readonly code: string; readonly name: Text }
  readonly regions?: {
    readonly file: string
    readonly sheet?: string
    readonly header?: number
    readonly code: string
    readonly name: string
    readonly parent?: string
  }
  readonly boundaries?: {
    /** GeoJSON, the .shp of a shapefile, a GeoPackage, or a zip that holds one. */
    readonly file: string
    /** Needed where the file holds several layers. */
    readonly layer?: string
    readonly code: string
    readonly mapNumber?: string
    readonly datum?: string
  }
  readonly accepted?: { readonly by: string; readonly on: string }
  readonly prepared?: {
    readonly organisation?: string
    readonly filledBy?: string
    readonly computedBy?: string
    readonly reviewedBy?: string
  }
  /** Method ids per service; a service may use several (R5: lake, reservoir, marsh). Left out: chosen from what there is. */
  readonly methods?: Readonly<Record<string, readonly string[]>>
  /** Named choices, `method.choice: value`, for example `R9.water.humidifierTerm: always`. */
  readonly choices?: Readonly<Record<string, string>>
  readonly notApplicable?: Readonly<Record<string, string>>
  readonly arguments: readonly Binding[]
  readonly prices?: readonly BookPrice[]
  readonly overrides?: readonly ParameterOverride[]
  /** Unconfirmed parameters and fall-backs accepted by name, needed for 正式. */
  readonly accepts?: readonly { readonly what: string; readonly reason: string; readonly by: string }[]
  readonly explained?: readonly Explanation[]
  readonly sample?: boolean
  /** Totals already published elsewhere, checked against the account (QA-01, QA-16). */
  readonly published?: readonly {
    readonly what: string
    readonly value: string
    readonly unit: string
    readonly source: string
  }[]
  /** Last year's package, for the change chapter. */
  readonly previous?: string
}
