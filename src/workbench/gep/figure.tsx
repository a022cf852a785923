// A printed number: a button that opens its reason, proof and history. What is not there is a dash or says why.

import type { Text } from '../../kernel/index.ts'
import { useLanguage } from '../language.tsx'
import { useWord } from './ask.ts'
import type { Cell } from '../../server/told/index.ts'
import { withUnit } from './digits.ts'

export function Figure({ cell, unit }: { readonly cell: Cell | undefined; readonly unit?: boolean }) {
  const { t, lang } = useLanguage()
  const [, open] = useWord('why')
  if (!cell) return <span className="none">—</span>
  return (
    <button
      type="button"
      className="figure"
      title={`${t(cell.title)} = ${cell.exact}`}
      aria-label={`${t(cell.title)}: ${withUnit(cell.text, cell.unit, lang)}. ${t(OPENS)}`}
      onClick={() => open(cell.code)}
    >
      {cell.text}
      {unit && <small> {t(cell.unit)}</small>}
    </button>
  )
}

const OPENS: Text = { zh: '打开为什么、凭证、历史', en: 'Opens why, proof, history' }

/** What every block of figures says of itself: unit, year, basis, status, source. */
export function BlockFoot({ parts }: { readonly parts: readonly (readonly [Text, string])[] }) {
  const { t } = useLanguage()
  return (
    <p className="block-foot">
      {parts.map(([name, value]) => (
        <span key={name.zh}>
          {t(name)} <strong>{value}</strong>
        </span>
      ))}
      <span className="screen-only">
        {t({ zh: '点数字看为什么、凭证、历史', en: 'A number opens its why, proof and history' })}
      </span>
    </p>
  )
}

export const FOOT = {
  unit: { zh: '单位', en: 'Unit' },
  year: { zh: '年份', en: 'Year' },
  basis: { zh: '口径', en: 'Basis' },
  status: { zh: '状态', en: 'Status' },
  source: { zh: '来源', en: 'Source' },
} as const satisfies Record<string, Text>
