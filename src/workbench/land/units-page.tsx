// Spatial units: the list one searches and exports, beside it the map; a row or a shape opens the unit.

import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import { Page, Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { MapBox, MapWaiting } from '../map/map-box.tsx'
import type { MapLayer } from '../map/layers.ts'
import type { Geometry } from '../map/layers.ts'
import { QueryTable } from '../table/query-table.tsx'
import { textOf } from '../table/rows.ts'
import { featuresOf, MOST_SHAPES, today, useCount, useMeasure, useUnitShapes } from './units.ts'
import { SmallForm } from '../form/small-form.tsx'

export function UnitsPage() {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  const count = useCount()
  const [, go] = useLocation()
  if (count.isPending) return <Waiting />
  if (count.isError) return <Failed error={count.error} again={() => void count.refetch()} />
  return (
    <Page
      title={{ zh: '空间单元', en: 'Spatial units' }}
      about={{
        zh: '地块、网格、样地、河段、站点、项目区、景区：在哪里，多大，对不对，谁在什么时候改过。',
        en: 'Parcels, cells, plots, river sections, stations, projects, scenic spots: where, how large, sound or not, changed by whom.',
      }}
      actions={mayRun('importUnits') && <Link href="/w/imports?of=units">{t({ zh: '导入', en: 'Import' })}</Link>}
    >
      {count.data === 0 && (
        <Nothing
          what={{
            zh: '您的地区还没有空间单元。可以导入 Shapefile、GeoPackage、GeoJSON 或坐标表，也可以在图上画。',
            en: 'There are no units at your places yet. Import a Shapefile, GeoPackage, GeoJSON or a table of coordinates, or draw one.',
          }}
        />
      )}
      <UnitsMap count={count.data} open={(id) => go(`/w/units/${id}`)} />
      {count.data > 0 && (
        <Part title={{ zh: '清单', en: 'List' }}>
          <QueryTable
            query="units"
            title={{ zh: '空间单元', en: 'Spatial units' }}
            input={{ on: today() }}
            hidden={['id', 'version']}
            actions={(row) => (
              <Link href={`/w/units/${textOf(row, 'id') ?? ''}`}>{t({ zh: '打开这个单元', en: 'Open the unit' })}</Link>
            )}
          />
        </Part>
      )}
    </Page>
  )
}

function UnitsMap({ count, open }: { readonly count: number; readonly open: (id: string) => void }) {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  const few = count <= MOST_SHAPES
  const shapes = useUnitShapes(few && count > 0)
  const [drawn, draw] = useState<Geometry>()
  const measure = useMeasure()
  const { role } = useSession()
  if (few && count > 0 && shapes.isPending) return <MapWaiting />
  if (shapes.isError) return <Failed error={shapes.error} again={() => void shapes.refetch()} />
  const rows = shapes.data?.rows ?? []
  const layers: readonly MapLayer[] = [
    {
      id: 'units',
      title: { zh: '空间单元', en: 'Units' },
      look: 'shape',
      ...(few
        ? { features: featuresOf(rows, (row) => textOf(row, 'id')!) }
        : { tiles: `/api/v1/places/tiles/{z}/{x}/{y}?on=${today()}&_role=${role?.role ?? ''}` }),
    },
  ]
  const unsound = rows.filter((r) => r['sound'] === false).length
  return (
    <MapBox
      title={{ zh: '空间单元分布', en: 'Where the units are' }}
      label={t({ zh: `地图，${count} 个空间单元`, en: `Map of ${count} units` })}
      layers={layers}
      pick={(id) => id !== undefined && open(id)}
      draws={['Polygon', 'LineString', 'Point']}
      drawn={drawn}
      onDrawn={draw}
      measure={measure}
    >
      {unsound > 0 && (
        <p className="warn">
          !{' '}
          {t({
            zh: `${unsound} 个图形有问题，虚线红边，点开看修复方案。`,
            en: `${unsound} shapes are unsound: dashed red; open one for a repair.`,
          })}
        </p>
      )}
      {drawn && mayRun('draftUnit') && (
        <details>
          <summary>{t({ zh: '把画的登记为空间单元', en: 'Draft a unit of what is drawn' })}</summary>
          <SmallForm
            command="draft-unit"
            preset={{ shape: JSON.stringify(drawn) }}
            words={{ zh: '登记', en: 'Draft it' }}
            done={() => draw(undefined)}
          />
        </details>
      )}
    </MapBox>
  )
}
