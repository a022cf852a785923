// What a notice is about, chosen by name: an import as a whole, or one unit that is not confirmed yet. What is neither is written as its
// kind and id.

import { useState } from 'react'
import type { Said } from '../api/call.ts'
import { useMenu } from '../api/menu.ts'
import { today } from '../land/units.ts'
import { useLanguage } from '../language.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'

/** More are found by opening the unit, which leads here. */
const OFFERED = 500

interface Choice {
  readonly about: string
  readonly zh: string
  readonly en: string
  readonly place: string | undefined
}

export function About(p: {
  readonly id: string
  readonly value: string
  readonly problem: Said | undefined
  readonly choose: (about: string, place?: string) => void
}) {
  const { t } = useLanguage()
  const { mayAsk } = useMenu()
  const asked = useRows('units', { input: { on: today(), status: 'draft' }, limit: OFFERED }, mayAsk('units'))
  const choices = choicesOf(asked.data?.rows ?? [])
  const [other, writeOther] = useState(false)
  const known = choices.some((c) => c.about === p.value)
  const typed = other || (p.value !== '' && !known && !asked.isPending) || !mayAsk('units')
  const tied = {
    id: p.id,
    'aria-required': true,
    'aria-invalid': p.problem !== undefined,
    ...(p.problem ? { 'aria-describedby': `${p.id}-problem` } : {}),
  }
  return (
    <div className="field">
      <label htmlFor={p.id}>
        {t({ zh: '公示对象', en: 'What it is about' })}
        <span className="must">*</span>
      </label>
      {typed ? (
        <input
          {...tied}
          className="native"
          spellCheck={false}
          value={p.value}
          onChange={(e) => p.choose(e.target.value.trim())}
        />
      ) : (
        <select
          {...tied}
          className="native"
          value={p.value}
          onChange={(e) => {
            if (e.target.value === OTHER) return writeOther(true)
            p.choose(e.target.value, choices.find((c) => c.about === e.target.value)?.place)
          }}
        >
          <option value="">{t({ zh: '请选择', en: 'Choose' })}</option>
          {choices.map((c) => (
            <option key={c.about} value={c.about}>
              {t(c)}
            </option>
          ))}
          <option value={OTHER}>{t({ zh: '其他（填写类别和编号）', en: 'Something else, by kind and id' })}</option>
        </select>
      )}
      <p className="hint">{t({ zh: '要等公示期满才能办理的事项', en: 'What waits for the notice' })}</p>
      {p.problem && (
        <div className="field-problem" id={`${p.id}-problem`}>
          <p>✗ {t(p.problem)}</p>
        </div>
      )}
    </div>
  )
}

const OTHER = 'other'

/** Imports first, each with how many units it has and the first of them. */
function choicesOf(rows: readonly Row[]): readonly Choice[] {
  const batches = new Map<string, Row[]>()
  for (const row of rows) {
    const batch = textOf(row, 'batch')
    if (batch !== undefined) batches.set(batch, [...(batches.get(batch) ?? []), row])
  }
  return [
    ...[...batches].map(([batch, units]) => {
      const first = textOf(units[0]!, 'name') ?? ''
      return {
        about: `import:${batch}`,
        zh: `整批导入：${first}等 ${units.length} 个单元`,
        en: `An import: ${first} and others, ${units.length} units`,
        place: commonPlace(units),
      }
    }),
    ...rows.map((row) => ({
      about: `unit:${textOf(row, 'id')}`,
      zh: `空间单元：${textOf(row, 'name')}`,
      en: `Unit: ${textOf(row, 'name')}`,
      place: textOf(row, 'region'),
    })),
  ]
}

function commonPlace(rows: readonly Row[]): string | undefined {
  const places = new Set(rows.map((r) => textOf(r, 'region')))
  return places.size === 1 ? [...places][0] : undefined
}
