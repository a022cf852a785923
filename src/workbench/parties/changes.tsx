// What may change a party: its data, a split or a join of households, succession, a double that is merged, erasing. Others that take
// part are found, never typed as ids.

import { useState } from 'react'
import type { Text } from '../../kernel/index.ts'
import { useMenu } from '../api/menu.ts'
import { Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { FindParty } from './find.tsx'
import { Folded } from './folded.tsx'
import { PartyForm } from './party-form.tsx'
import { PartyName } from './party-name.tsx'
import { calledIn, isOfPeople } from './words.ts'

export interface ChangesProps {
  readonly id: string
  readonly kind: string
  /** One that the list of doubles named. */
  readonly double: string | undefined
}

const DEEDS = ['updateParty', 'splitHousehold', 'joinHouseholds', 'recordSuccession', 'mergeDoubles', 'eraseParty']

export function Changes({ id, kind, double }: ChangesProps) {
  const { mayRun } = useMenu()
  if (!DEEDS.some(mayRun)) return null
  const ofPeople = isOfPeople(kind)
  return (
    <Part title={{ zh: '办理', en: 'Do' }}>
      {mayRun('updateParty') && (
        <Folded title={{ zh: '更新资料', en: 'Bring its data up to date' }}>
          {(shut) => (
            <PartyForm
              command="update-party"
              preset={{ party: id }}
              hidden={
                ofPeople
                  ? ['bodyName', ...(kind === 'person' ? ['householdCode', 'people'] : ['passport'])]
                  : ['name', 'idNumber', 'passport', 'phone', 'householdCode', 'people']
              }
              words={{ zh: '更新', en: 'Update' }}
              done={shut}
            />
          )}
        </Folded>
      )}
      {kind === 'household' && mayRun('splitHousehold') && (
        <Folded title={{ zh: '分户', en: 'Split the household' }}>
          {(shut) => (
            <PartyForm
              command="split-household"
              preset={{ household: id }}
              words={{ zh: '分户', en: 'Split it' }}
              done={shut}
            />
          )}
        </Folded>
      )}
      {kind === 'household' && mayRun('joinHouseholds') && (
        <WithOthers
          title={{ zh: '与别的户合并', en: 'Join it with other households' }}
          first={id}
          command="join-households"
          start={(others) => ({ households: [id, ...others] })}
          words={{ zh: '并户', en: 'Join them' }}
        />
      )}
      {!ofPeople && mayRun('recordSuccession') && (
        <WithOthers
          title={{ zh: '登记承继（合并、分立、改制、撤销）', en: 'Record a succession' }}
          first={id}
          command="record-succession"
          preset={{ predecessor: id }}
          start={(successors) => ({ successors })}
          words={{ zh: '登记承继', en: 'Record it' }}
        />
      )}
      {mayRun('mergeDoubles') && <Merge id={id} double={double} />}
      {mayRun('eraseParty') && (
        <Folded title={{ zh: '删除个人信息', en: 'Erase its personal data' }}>
          {(shut) => (
            <PartyForm command="erase-party" preset={{ party: id }} words={{ zh: '删除', en: 'Erase' }} done={shut} />
          )}
        </Folded>
      )}
    </Part>
  )
}

/** Others are found one after the other, then the form. */
function WithOthers(p: {
  readonly title: Text
  readonly first: string
  readonly command: string
  readonly preset?: Readonly<Record<string, string>>
  readonly start: (others: readonly string[]) => Readonly<Record<string, readonly string[]>>
  readonly words: Text
}) {
  const { t } = useLanguage()
  const [others, setOthers] = useState<readonly Row[]>([])
  const ids = others.map((row) => textOf(row, 'party') ?? '')
  return (
    <Folded title={p.title}>
      {(shut) => (
        <>
          <FindParty
            words={{ zh: '加入', en: 'Add' }}
            without={[p.first, ...ids]}
            choose={(row) => setOthers([...others, row])}
          />
          {others.length > 0 && (
            <>
              <ul className="found-parties">
                {others.map((row) => (
                  <li key={textOf(row, 'party')}>
                    <strong>{t(calledIn(row))}</strong>{' '}
                    <button
                      type="button"
                      className="linkish"
                      onClick={() => setOthers(others.filter((other) => other !== row))}
                    >
                      {t({ zh: '移出', en: 'Take out' })}
                    </button>
                  </li>
                ))}
              </ul>
              <PartyForm
                key={ids.join(' ')}
                command={p.command}
                {...(p.preset ? { preset: p.preset } : {})}
                start={p.start(ids)}
                words={p.words}
                done={shut}
              />
            </>
          )}
        </>
      )}
    </Folded>
  )
}

function Merge({ id, double }: { readonly id: string; readonly double: string | undefined }) {
  const { t } = useLanguage()
  const [chosen, choose] = useState(double)
  return (
    <Folded title={{ zh: '把重复的主体并入本主体', en: 'Merge a double into it' }} begin={double !== undefined}>
      {(shut) =>
        chosen === undefined ? (
          <FindParty
            words={{ zh: '是重复的', en: 'It is the double' }}
            without={[id]}
            choose={(row) => choose(textOf(row, 'party'))}
          />
        ) : (
          <>
            <p>
              {t({ zh: '并入后不再单列的：', en: 'No longer on its own afterwards: ' })}
              <PartyName id={chosen} />{' '}
              <button type="button" className="linkish" onClick={() => choose(undefined)}>
                {t({ zh: '另选', en: 'Choose another' })}
              </button>
            </p>
            <PartyForm
              key={chosen}
              command="merge-doubles"
              preset={{ kept: id, double: chosen }}
              words={{ zh: '并档', en: 'Merge' }}
              done={shut}
            />
          </>
        )
      }
    </Folded>
  )
}
