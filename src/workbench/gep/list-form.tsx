// Changing an input list: what the account is of, which services it leaves out, and each entry with the place its numbers stand at.
// One entry is open at a time; saving anything sends the whole list, and what is red and yellow comes back with it.

import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FolderChecked, ListChoices, ListEntry, WholeList } from '../../server/told/index.ts'
import { useSession } from '../api/session.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Waiting } from '../states.tsx'
import { EntryForm } from './list-entry.tsx'
import { HeadForm } from './list-head.tsx'

/** Saves a list; `done` is called where it was received. */
export type SaveList = (list: WholeList, done: () => void) => void

/** Which entry is open: its number, or a new one that begins as given. */
type Open = number | Partial<ListEntry> | undefined

export function ListForm({
  data,
  checked: f,
  save,
  saving,
}: {
  readonly data: string
  readonly checked: FolderChecked
  readonly save: SaveList
  readonly saving: boolean
}) {
  const { t } = useLanguage()
  const { ask } = useSession()
  const [open, setOpen] = useState<Open>()
  const { proposed, whole } = f.list!
  // Whoever works on the list keeps it open, also when the last question is answered.
  const [shown, show] = useState(proposed || whole.arguments.some((e) => e.question))
  const choices = useQuery({
    queryKey: ['folder-choices', data],
    queryFn: () => ask<ListChoices>(`/api/v1/folders/${data}/choices`),
    staleTime: Infinity,
  })
  if (choices.isPending) return <Waiting />
  if (choices.isError) return <Failed error={choices.error} again={() => void choices.refetch()} />
  const entries = whole.arguments
  const questions = entries.filter((e) => e.question).length
  const put = (all: readonly ListEntry[], done: () => void = () => undefined): void =>
    save({ ...whole, arguments: all }, done)
  const close = (): void => setOpen(undefined)
  const entryForm = (begun: Partial<ListEntry>, at: number) => (
    <EntryForm
      key={at}
      begun={begun}
      choices={choices.data}
      saving={saving}
      save={(entry) => put(at < entries.length ? entries.with(at, entry) : [...entries, entry], close)}
      cancel={close}
    />
  )
  const isNew = typeof open === 'object'
  return (
    <>
      <details>
        <summary>{t({ zh: '地区、年份、名称和服务', en: 'Region, year, title and services' })}</summary>
        <HeadForm
          key={JSON.stringify([whole.region, whole.year, whole.title, whole.notApplicable])}
          list={whole}
          services={f.services}
          sets={choices.data.sets}
          save={save}
          saving={saving}
        />
      </details>
      <details open={shown || open !== undefined} onToggle={(e) => show(e.currentTarget.open)}>
        <summary>
          {t({
            zh: `清单 ${entries.length} 行，待答 ${questions}`,
            en: `${entries.length} lines, ${questions} to answer`,
          })}
        </summary>
        <div className="table-box tall" role="region" aria-label={t({ zh: '输入清单', en: 'Input list' })} tabIndex={0}>
          <table className="rows-table">
            <thead>
              <tr>
                <th scope="col" className="number">
                  #
                </th>
                <th scope="col">{t({ zh: '指标', en: 'Argument' })}</th>
                <th scope="col">{t({ zh: '取自', en: 'From' })}</th>
                <th scope="col">{t({ zh: '单位', en: 'Unit' })}</th>
                <th scope="col">{t({ zh: '待答', en: 'Question' })}</th>
                <th scope="col">
                  <span className="unseen">{t({ zh: '改', en: 'Change' })}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {entries.map((e, i) => (
                <EntryRow
                  key={i}
                  entry={e}
                  number={i + 1}
                  title={t(f.titles[e.argument] ?? { zh: e.argument, en: e.argument })}
                  saving={saving}
                  open={() => setOpen(open === i ? undefined : i)}
                  isOpen={open === i}
                  settle={() => put(entries.with(i, settled(e)))}
                  remove={() =>
                    put(
                      entries.filter((_, k) => k !== i),
                      close,
                    )
                  }
                />
              ))}
            </tbody>
          </table>
        </div>
        {typeof open === 'number' && entries[open] && entryForm(entries[open], open)}
        {isNew && entryForm(open, entries.length)}
        {!isNew && (
          <p className="buttons">
            <Button onClick={() => setOpen({})}>{t({ zh: '加一行', en: 'Add a line' })}</Button>
          </p>
        )}
      </details>
      {(f.unplaced?.length ?? 0) > 0 && (
        <details>
          <summary>
            {t({ zh: `没有放下的 ${f.unplaced!.length} 列`, en: `${f.unplaced!.length} columns not placed` })}
          </summary>
          <ul>
            {f.unplaced!.map(({ file, sheet, column, why }, i) => (
              <li key={i}>
                {[file, sheet, column].filter(Boolean).join(' › ')}：<span className="hint">{t(why)}</span>{' '}
                {column !== undefined && (
                  <Button
                    size="small"
                    onClick={() => setOpen({ file, column, ...(sheet === undefined ? {} : { sheet }) })}
                    aria-label={t({ zh: `放入清单：${column}`, en: `Place ${column}` })}
                  >
                    {t({ zh: '放入清单', en: 'Place it' })}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

/** What was asked of an entry is answered: it stands as it is. */
const settled = ({ ground: _, question: __, ...entry }: ListEntry): ListEntry => entry

function EntryRow({
  entry: e,
  number,
  title,
  saving,
  open,
  isOpen,
  settle,
  remove,
}: {
  readonly entry: ListEntry
  readonly number: number
  readonly title: string
  readonly saving: boolean
  readonly open: () => void
  readonly isOpen: boolean
  readonly settle: () => void
  readonly remove: () => void
}) {
  const { t } = useLanguage()
  const named = (zh: string, en: string) => ({
    'aria-label': t({ zh: `${zh}：第 ${number} 行 ${title}`, en: `${en}: line ${number} ${title}` }),
    size: 'small' as const,
    disabled: saving,
    children: t({ zh, en }),
  })
  return (
    <tr>
      <td className="number">{number}</td>
      <td>{title}</td>
      <td className="long">{[e.file, e.sheet, e.column].filter(Boolean).join(' › ')}</td>
      <td>{e.unit}</td>
      <td className="long">{e.question ? <strong className="warn">{t(e.question)}</strong> : '✓'}</td>
      <td className="row-buttons">
        {e.question && <Button {...named('对', 'Right')} onClick={settle} />}
        <Button {...named('改', 'Change')} onClick={open} aria-expanded={isOpen} />
        <Button {...named('删', 'Remove')} onClick={remove} danger />
      </td>
    </tr>
  )
}
