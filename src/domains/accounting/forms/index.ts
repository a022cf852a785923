// The account as forms G1 to G11 (gep.md section 10) and the workbook that carries them, with SEEA tables and an index of
// codes. Plain data first (`accountForms`), bytes second (`accountWorkbook`). Equal accounts give equal bytes.

import { text, type Lang, type Text } from '../../../kernel/index.ts'
import { writeWorkbook } from '../../../core/exchange-formats/index.ts'
import type { Account } from '../model.ts'
import { STATUS_TEXT } from '../model.ts'
import type { VepResult } from '../vep/model.ts'
import { registerRows, registerSheet } from '../vep/register.ts'
import { formG9 } from './change.ts'
import { codeSheet, coverSheet } from './cover.ts'
import { formG5, formG6, formG7, formG8 } from './inputs.ts'
import type { FormContext, FormSheet } from './layout.ts'
import { formG10 } from './quality.ts'
import { basesOf, formG1, formG2, formG3, formG4 } from './results.ts'
import { seeaForms } from './seea.ts'

export type { FormId, FormSheet } from './layout.ts'

export interface FormOptions {
  readonly previous?: Account
  /** Accounts of single places, for the register G11. */
  readonly vep?: readonly VepResult[]
  readonly lang?: Lang
  /** Names of ecosystem types; their codes where left out. */
  readonly classTitle?: (code: string) => Text
}

function contextOf(account: Account, options: FormOptions): FormContext {
  const names = new Map(account.head.regions.map((r) => [r.code, r.name]))
  return {
    account,
    lang: options.lang ?? 'zh',
    classTitle: options.classTitle ?? ((code) => text(code, code)),
    regionName: (code) => names.get(code) ?? text(code, code),
    figures: new Map(account.figures.map((f) => [f.key, f])),
  }
}

/** G1 to G11 in order; G3 once for each basis the account has. */
export const accountForms = (account: Account, options: FormOptions = {}): readonly FormSheet[] =>
  formsOf(contextOf(account, options), options)

function formsOf(ctx: FormContext, options: FormOptions): readonly FormSheet[] {
  const totals = formG1(ctx)
  return [
    totals.form,
    formG2(ctx),
    ...basesOf(ctx).map((b) => formG3(ctx, b, totals)),
    formG4(ctx),
    formG5(ctx),
    formG6(ctx),
    formG7(ctx),
    formG8(ctx),
    formG9(ctx, options.previous),
    formG10(ctx),
    {
      id: 'G11',
      title: text('G11 特定地域单元生态产品价值（VEP）项目登记表', 'G11 VEP register'),
      sheet: registerSheet(registerRows(options.vep ?? []), ctx.lang),
    },
  ]
}

/** The workbook: 说明, G1 to G11, the SEEA tables, the index of codes. */
export async function accountWorkbook(account: Account, options: FormOptions = {}): Promise<Uint8Array> {
  const ctx = contextOf(account, options)
  const body = [...formsOf(ctx, options), ...seeaForms(ctx)]
  const sheets = [coverSheet(ctx, body), ...body, codeSheet(ctx, body)]
  const { title, year, status } = account.head
  return writeWorkbook({
    title: title[ctx.lang],
    lang: ctx.lang,
    footer: `${title[ctx.lang]} ${year} ${STATUS_TEXT[status][ctx.lang]}`,
    sheets: sheets.map((s) => s.sheet),
  })
}
