// One spatial unit: its shape among its neighbours, what is wrong with it and how it could be mended, how it lies to the others, the
// shapes it had. A repair is shown, before and after with both areas, before anybody accepts it.

import { Button } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useMenu } from '../api/menu.ts'
import { Documents } from '../documents/index.ts'
import { SmallForm } from '../form/small-form.tsx'
import { useSubmit } from '../form/use-submit.ts'
import { Folded } from '../frame/folded.tsx'
import { Page, Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import type { Geometry, MapLayer } from '../map/layers.ts'
import { MapBox } from '../map/map-box.tsx'
import { newNotice } from '../notices/waiting.tsx'
import { stateOf, STATUS } from '../notices/words.ts'
import { Nothing, Problems, saidOf, Waiting } from '../states.tsx'
import { Name } from '../table/cell.tsx'
import { Pairs } from '../table/pairs.tsx'
import { QueryTable } from '../table/query-table.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { featuresOf, shapeOf, today, useMeasure, useUnit } from './units.ts'

export function UnitPage() {
  const { id = '' } = useParams<{ id: string }>()
  const { row, isPending } = useUnit(id)
  if (isPending) return <Waiting />
  if (!row)
    return (
      <Page title={{ zh: '空间单元', en: 'Spatial unit' }}>
        <Nothing
          what={{ zh: '没有这个单元，或不在您的地区。', en: 'There is no such unit, or it is not of your place.' }}
        />
      </Page>
    )
  return <Unit id={id} row={row} />
}

function Unit({ id, row }: { readonly id: string; readonly row: Row }) {
  const { t } = useLanguage()
  const name = textOf(row, 'name') ?? ''
  const history = useRows('unitHistory', { input: { unit: id } })
  const near = useRows('unitNeighbours', { input: { unit: id, on: today() } })
  const repair = useRows('unitRepair', { input: { unit: id, on: today() } }, row['sound'] === false)
  const [drawn, draw] = useState<Geometry>()
  const measure = useMeasure()
  const shape = history.data?.rows.at(-1)
  const proposal = repair.data?.rows[0]
  const mended = proposal && shapeOf(proposal, 'after')
  const own = shape && shapeOf(shape)
  const layers: readonly MapLayer[] = [
    {
      id: 'unit',
      title: { zh: '本单元', en: 'This unit' },
      look: row['sound'] === false ? 'fault' : 'shape',
      features: own ? [{ id, geometry: own, label: name }] : [],
    },
    ...(mended
      ? [{ id: 'mended', title: AFTER, look: 'mended' as const, features: [{ id: 'after', geometry: mended }] }]
      : []),
    {
      id: 'near',
      title: { zh: '重叠与空隙', en: 'Overlaps and gaps' },
      look: 'fault',
      features: featuresOf(near.data?.rows ?? [], (_, i) => `near-${i}`),
    },
  ]
  return (
    <Page
      title={{ zh: `空间单元 ${name}`, en: 'Spatial unit' }}
      actions={<Link href="/w/units">{t({ zh: '返回清单', en: 'All units' })}</Link>}
    >
      <Pairs
        pairs={[
          [{ zh: '名称', en: 'Name' }, name],
          [{ zh: '编码', en: 'Code' }, textOf(row, 'code') ?? '—'],
          [{ zh: '行政区', en: 'Region' }, <Name key="region" kind="region" id={textOf(row, 'region') ?? ''} />],
          [{ zh: '状态', en: 'State' }, t(UNIT_STATES[textOf(row, 'status') ?? ''] ?? { zh: '', en: '' })],
          [
            { zh: '面积', en: 'Area' },
            `${textOf(row, 'areaM2') ?? ''} m² = ${textOf(row, 'areaHa') ?? ''} hm² = ${textOf(row, 'areaMu') ?? ''} ${t({ zh: '亩', en: 'mu' })}`,
          ],
          [
            { zh: '图形', en: 'Shape' },
            row['sound'] === false ? <strong className="bad">✗ {t(UNSOUND)}</strong> : `✓ ${t(SOUND)}`,
          ],
        ]}
      />
      <MapBox
        title={{ zh: '图形', en: 'Shape' }}
        label={t({ zh: `地图：${name}`, en: `Map: ${name}` })}
        layers={layers}
        draws={['Polygon', 'LineString']}
        drawn={drawn}
        onDrawn={draw}
        measure={measure}
      />
      {(repair.data?.rows.length ?? 0) > 0 && <Repair id={id} rows={repair.data!.rows} />}
      {drawn && <Drawn id={id} drawn={drawn} done={() => draw(undefined)} />}
      <Part title={{ zh: '与相邻单元', en: 'Beside its neighbours' }}>
        <QueryTable
          query="unitNeighbours"
          title={{ zh: '与相邻单元', en: 'Neighbours' }}
          input={{ unit: id, on: today() }}
          hidden={['shape', 'unit']}
          empty={{ zh: '没有重叠，没有空隙。', en: 'Neither overlaps nor gaps.' }}
          actions={(near) => <Trim id={id} against={textOf(near, 'unit')} />}
        />
      </Part>
      <Part title={{ zh: '历次图形', en: 'The shapes it had' }}>
        <QueryTable
          query="unitHistory"
          title={{ zh: '历次图形', en: 'Shapes' }}
          input={{ unit: id }}
          hidden={['shape']}
        />
      </Part>
      <Deeds id={id} row={row} />
      <Announced id={id} row={row} />
      <Certified id={id} row={row} />
      <Documents about={`unit:${id}`} place={textOf(row, 'region')} />
      <p className="links">
        <Link href={`/w/history?subject=unit:${id}`}>{t({ zh: '历史', en: 'History' })}</Link>
      </p>
    </Page>
  )
}

const UNIT_STATES: Readonly<Record<string, Text>> = {
  draft: { zh: '待确认', en: 'draft' },
  returned: { zh: '已退回', en: 'returned' },
  confirmed: { zh: '已确认', en: 'confirmed' },
  retired: { zh: '已注销', en: 'retired' },
}
const AFTER: Text = { zh: '修复后', en: 'After the repair' }
const SOUND: Text = { zh: '无误', en: 'sound' }
const UNSOUND: Text = { zh: '有问题', en: 'unsound' }

/** What is wrong and what would stand instead. */
function Repair({ id, rows }: { readonly id: string; readonly rows: readonly Row[] }) {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  const submit = useSubmit()
  const first = rows[0]!
  const digest = textOf(first, 'digest')
  return (
    <Part title={{ zh: '修复方案', en: 'Proposal for a repair' }}>
      <ul className="findings">
        {rows.map((r, i) => (
          <li key={i} className="finding-red">
            <p>{textOf(r, 'fault')}</p>
            <p className="hint">{textOf(r, 'hint')}</p>
          </li>
        ))}
      </ul>
      <Pairs
        pairs={[
          [{ zh: '修复前面积（平方米）', en: 'Area before (m²)' }, textOf(first, 'areaBeforeM2') ?? '—'],
          [{ zh: '修复后面积（平方米）', en: 'Area after (m²)' }, textOf(first, 'areaAfterM2') ?? '—'],
          [{ zh: '变动面积（平方米）', en: 'Changed area (m²)' }, textOf(first, 'changedM2') ?? '—'],
        ]}
      />
      {digest !== undefined && mayRun('repairUnit') ? (
        <p className="buttons">
          <Button
            type="primary"
            loading={submit.isPending}
            onClick={() => submit.mutate({ command: 'repair-unit', input: { unit: id, digest } })}
          >
            {t({ zh: '接受修复方案', en: 'Accept the repair' })}
          </Button>
          <span className="hint">
            {t({ zh: '蓝色点线是修复后的图形', en: 'The blue dotted line is the shape after it' })}
          </span>
        </p>
      ) : (
        digest === undefined && (
          <p className="bad">{t({ zh: '修复不了，请退回重画。', en: 'It cannot be repaired; return it.' })}</p>
        )
      )}
      {submit.isError && <Problems problems={saidOf(submit.error)} />}
    </Part>
  )
}

/** What may be done with what was drawn. */
function Drawn(p: { readonly id: string; readonly drawn: Geometry; readonly done: () => void }) {
  const { mayRun } = useMenu()
  const text = JSON.stringify(p.drawn)
  const isLine = p.drawn.type === 'LineString'
  if (!mayRun(isLine ? 'splitUnit' : 'reshapeUnit')) return null
  return (
    <Part
      title={
        isLine
          ? { zh: '按这条线分割', en: 'Split along this line' }
          : { zh: '改成画的图形', en: 'Reshape to what is drawn' }
      }
    >
      {isLine ? (
        <SmallForm
          command="split-unit"
          preset={{ unit: p.id, line: text }}
          words={{ zh: '分割', en: 'Split' }}
          done={p.done}
        />
      ) : (
        <SmallForm
          command="reshape-unit"
          preset={{ unit: p.id, shape: text }}
          words={{ zh: '变更', en: 'Reshape' }}
          done={p.done}
        />
      )}
    </Part>
  )
}

function Trim({ id, against }: { readonly id: string; readonly against: string | undefined }) {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  if (against === undefined || !mayRun('trimUnit')) return null
  return (
    <>
      <Link href={`/w/units/${against}`}>{t({ zh: '打开相邻单元', en: 'Open the neighbour' })}</Link>
      <Folded title={{ zh: '把重叠让给它', en: 'Leave the overlap to it' }}>
        <SmallForm command="trim-unit" preset={{ unit: id, against }} words={{ zh: '让给它', en: 'Leave it' }} />
      </Folded>
    </>
  )
}

function Deeds({ id, row }: { readonly id: string; readonly row: Row }) {
  const { mayRun } = useMenu()
  const place = textOf(row, 'region') ?? ''
  return (
    <>
      {mayRun('returnUnits') && textOf(row, 'status') === 'draft' && (
        <Folded title={{ zh: '退回', en: 'Return it' }}>
          <SmallForm
            command="return-units"
            preset={{ place }}
            start={{ units: [id] }}
            words={{ zh: '退回', en: 'Return' }}
          />
        </Folded>
      )}
    </>
  )
}

/** Notices about it or about its import, and the way to a new one. */
function Announced({ id, row }: { readonly id: string; readonly row: Row }) {
  const { t } = useLanguage()
  const { mayAsk, mayRun } = useMenu()
  const batch = textOf(row, 'batch')
  const may = mayAsk('publicNotices')
  const own = useRows('publicNotices', { input: { about: `unit:${id}`, on: today() } }, may)
  const whole = useRows(
    'publicNotices',
    { input: { about: `import:${batch}`, on: today() } },
    may && batch !== undefined,
  )
  if (!may) return null
  const rows = [...(own.data?.rows ?? []), ...(batch === undefined ? [] : (whole.data?.rows ?? []))]
  const place = textOf(row, 'region')
  return (
    <Part title={{ zh: '公示', en: 'Public notices' }}>
      {rows.length === 0 && <p className="hint">{t({ zh: '还没有公示。', en: 'None was posted.' })}</p>}
      <ul>
        {rows.map((n) => (
          <li key={textOf(n, 'id')}>
            <Link href={`/w/notices/${textOf(n, 'id')}`}>{textOf(n, 'number')}</Link>{' '}
            {t(STATUS[textOf(n, 'status') ?? ''] ?? { zh: '', en: '' })} · {t(stateOf(n))}
          </li>
        ))}
      </ul>
      {mayRun('publishNotice') && textOf(row, 'status') === 'draft' && (
        <p className="links screen-only">
          <Link href={newNotice(`unit:${id}`, place)}>{t({ zh: '公示这个单元', en: 'Post a notice of it' })}</Link>
          {batch !== undefined && (
            <Link href={newNotice(`import:${batch}`, place)}>
              {t({ zh: '公示整批导入', en: 'Post a notice of its import' })}
            </Link>
          )}
        </p>
      )}
    </Part>
  )
}

/** Certificates about it; a confirmed unit is what a new one comes of. */
function Certified({ id, row }: { readonly id: string; readonly row: Row }) {
  const { t } = useLanguage()
  const { mayAsk, mayRun } = useMenu()
  const may = mayAsk('certificates')
  const asked = useRows('certificates', { input: { about: `unit:${id}` } }, may)
  const rows = asked.data?.rows ?? []
  const issues = mayRun('issueCertificate') && textOf(row, 'status') === 'confirmed'
  if (!may || (rows.length === 0 && !issues)) return null
  return (
    <Part title={{ zh: '证书', en: 'Certificates' }}>
      <ul>
        {rows.map((c) => (
          <li key={textOf(c, 'id')}>
            <Link href={`/w/certificates/${textOf(c, 'id')}`}>{textOf(c, 'number')}</Link> {textOf(c, 'titleZh')}
          </li>
        ))}
      </ul>
      {issues && (
        <p className="links screen-only">
          <Link href={`/w/certificates/new?unit=${id}`}>{t({ zh: '发证', en: 'Issue a certificate' })}</Link>
        </p>
      )}
    </Part>
  )
}
