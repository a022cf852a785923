// Regions as a tree by code, from the province down to the village, a level at a time; former regions say what became of
// them. Finding by name goes over all of it.

import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { Text } from '../../kernel/index.ts'
import { address } from '../api/call.ts'
import { useSession } from '../api/session.tsx'
import { Page, Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'

interface Region {
  readonly code: string
  readonly name: string
  readonly level?: Level
  readonly parent?: string
  readonly from?: string
  readonly to?: string
  readonly successor?: string
}

const LEVELS = ['province', 'prefecture', 'county', 'township', 'village'] as const
type Level = (typeof LEVELS)[number]

const TITLE: Text = { zh: '行政区划', en: 'Regions' }
/** More hits than one reads. */
const MOST_HITS = 50

function useRegions(words: Readonly<Record<string, string>>, enabled = true) {
  const { ask, role } = useSession()
  return useQuery({
    queryKey: ['regions', words, role?.role],
    queryFn: async () => (await ask<{ rows: readonly Region[] }>(address('/api/v1/queries/regions', words))).rows,
    staleTime: 600_000,
    enabled,
  })
}

export function RegionsPage() {
  const { t } = useLanguage()
  const [typed, setTyped] = useState('')
  const [name, setName] = useState('')
  const provinces = useRegions({ level: 'province', _limit: '100' })
  return (
    <Page title={TITLE}>
      <form
        className="tools"
        role="search"
        onSubmit={(e) => {
          e.preventDefault()
          setName(typed.trim())
        }}
      >
        <Input
          className="search"
          allowClear
          aria-label={t({ zh: '按名称查找', en: 'Find by name' })}
          placeholder={t({ zh: '按名称查找', en: 'Find by name' })}
          value={typed}
          onChange={(e) => setTyped(e.target.value)}
        />
        <Button htmlType="submit">{t({ zh: '查找', en: 'Search' })}</Button>
      </form>
      {name !== '' && <Found name={name} />}
      <Part title={{ zh: '按层级', en: 'By level' }}>
        {provinces.isPending ? (
          <Waiting />
        ) : provinces.isError ? (
          <Failed error={provinces.error} again={() => void provinces.refetch()} />
        ) : (
          <ul className="tree">
            {provinces.data.map((r) => (
              <Branch key={r.code} region={r} />
            ))}
          </ul>
        )}
      </Part>
    </Page>
  )
}

function Found({ name }: { readonly name: string }) {
  const found = useRegions({ name, _limit: String(MOST_HITS) })
  return (
    <Part title={{ zh: `名称含“${name}”`, en: `Name with "${name}"` }}>
      {found.isPending ? (
        <Waiting />
      ) : found.isError ? (
        <Failed error={found.error} />
      ) : found.data.length === 0 ? (
        <Nothing what={{ zh: '没有这个名称。', en: 'No such name.' }} />
      ) : (
        <ul className="tree">
          {found.data.map((r) => (
            <li key={r.code}>
              <RegionName region={r} />
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}

function Branch({ region }: { readonly region: Region }) {
  const { t } = useLanguage()
  const [open, setOpen] = useState(false)
  const below = region.level === undefined ? undefined : LEVELS[LEVELS.indexOf(region.level) + 1]
  // A former region has nothing below it.
  const opens = below !== undefined && region.to === undefined
  return (
    <li>
      {opens ? (
        <button type="button" className="twig" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span aria-hidden="true">{open ? '▾' : '▸'}</span> <RegionName region={region} />
        </button>
      ) : (
        <RegionName region={region} />
      )}
      {open && below && <Below region={region} level={below} label={t({ zh: '下级', en: 'below' })} />}
    </li>
  )
}

function Below({ region, level, label }: { readonly region: Region; readonly level: Level; readonly label: string }) {
  const below = useRegions({ within: region.code, level, _limit: '500' })
  if (below.isPending) return <Waiting />
  if (below.isError) return <Failed error={below.error} />
  const own = below.data.filter((r) => r.parent === undefined || r.parent === region.code)
  if (own.length === 0) return <Nothing what={{ zh: '这一级没有下级区划。', en: 'Nothing below.' }} />
  return (
    <ul aria-label={`${region.name} ${label}`}>
      {own.map((r) => (
        <Branch key={r.code} region={r} />
      ))}
    </ul>
  )
}

function RegionName({ region: r }: { readonly region: Region }) {
  const { t } = useLanguage()
  return (
    <>
      {r.name} <span className="code">{r.code}</span>
      {r.to !== undefined && (
        <span className="hint">
          {t({
            zh: `（至 ${r.to}${r.successor === undefined ? '' : `，改为 ${r.successor}`}）`,
            en: ` (until ${r.to}${r.successor === undefined ? '' : `, then ${r.successor}`})`,
          })}
        </span>
      )}
    </>
  )
}
