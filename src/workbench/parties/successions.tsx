// What a party came from and what became of it: mergers, divisions, households split and joined, each with its day and ground.

import type { Text } from '../../kernel/index.ts'
import { Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { textOf } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { PartyName } from './party-name.tsx'

const HOW: Readonly<Record<string, Text>> = {
  merger: { zh: '合并', en: 'merger' },
  division: { zh: '分立', en: 'division' },
  restructuring: { zh: '改制', en: 'restructuring' },
  takeover: { zh: '撤销后承继', en: 'taken over after dissolution' },
  'household-split': { zh: '分户', en: 'household split' },
  'household-merger': { zh: '并户', en: 'households joined' },
}

export function Successions({ id }: { readonly id: string }) {
  const { t } = useLanguage()
  const asked = useRows('successions', { input: { party: id }, limit: 200 })
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  return (
    <Part title={{ zh: '承继、分户、并户', en: 'Succession, splits, joins' }}>
      {asked.data.rows.length === 0 ? (
        <Nothing what={{ zh: '没有承继关系。', en: 'There is no succession.' }} />
      ) : (
        <ol className="successions">
          {asked.data.rows.map((row, i) => {
            const how = HOW[textOf(row, 'how') ?? '']
            return (
              <li key={i}>
                {textOf(row, 'on')} {how && t(how)}
                {t({ zh: '：', en: ': ' })}
                <PartyName id={textOf(row, 'predecessor') ?? ''} /> → <PartyName id={textOf(row, 'successor') ?? ''} />{' '}
                <span className="hint">{textOf(row, 'ground')}</span>
              </li>
            )
          })}
        </ol>
      )}
    </Part>
  )
}
