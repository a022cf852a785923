// Registering an asset: once, as part of an act. The same content again is no change; other content is refused, because
// amounts already booked would change their meaning.

import { canonicalJson, ProblemError, type Json, type Text } from '../../kernel/index.ts'
import { draftAsset, type Draft } from './draft.ts'
import type { Asset } from './model.ts'
import { ledgerProblem as problem } from './problems.ts'

export function registerAsset(d: Draft, asset: Asset): void {
  const wrong = whatIsWrong(asset)
  if (wrong)
    throw new ProblemError(
      problem('ledger.bad-asset', { asset: asset.code.slice(0, 60), detail: wrong.zh, detailEn: wrong.en }),
    )
  const known = draftAsset(d, asset.code)
  if (!known) d.assets.set(asset.code, asset)
  else if (contentOf(known) !== contentOf(asset))
    throw new ProblemError(problem('ledger.asset-differs', { asset: asset.code }))
}

const contentOf = (asset: Asset): string => canonicalJson(asset as unknown as Json)

/** Letters of any script, digits and `. _ - /`: fits a file name, a URL and a column of a workbook. */
const ASSET_CODE = /^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,63}$/u

/** More places than nine would leave less than nine digits before the point of an int8. */
const MAX_SCALE = 9

function whatIsWrong(a: Asset): Text | undefined {
  if (!ASSET_CODE.test(a.code)) return { zh: '代码不合格式', en: 'its code has a wrong form' }
  if (a.unit.trim() === '') return { zh: '没有单位', en: 'it has no unit' }
  if (!Number.isInteger(a.scale) || a.scale < 0 || a.scale > MAX_SCALE)
    return { zh: `小数位数须为 0 至 ${MAX_SCALE}`, en: `its scale must be 0 to ${MAX_SCALE}` }
  if (a.issuer.trim() === '') return { zh: '没有核发单位', en: 'it has no issuer' }
  if (a.title.zh.trim() === '' || a.title.en.trim() === '') return { zh: '没有名称', en: 'it has no title' }
  return undefined
}
