// One pixel opened: where it lies, and every figure it is part of with its own share, factor by factor down to map and cell.

import { Button } from 'antd'
import { useLanguage } from '../language.tsx'
import { Failed, Waiting } from '../states.tsx'
import { Pairs } from '../table/pairs.tsx'
import { usePart } from './ask.ts'
import { ReasonTree } from './reason-tree.tsx'
import type { PixelOpened } from '../../server/told/index.ts'
import { withUnit } from './digits.ts'

export function PixelShown({
  id,
  at,
  close,
}: {
  readonly id: string
  readonly at: readonly [number, number]
  readonly close: () => void
}) {
  const { t, lang } = useLanguage()
  const asked = usePart<PixelOpened>(id, 'pixel', { x: String(at[0]), y: String(at[1]) })
  return (
    <section className="pixel" aria-live="polite">
      <div className="page-head">
        <h3>{t({ zh: '像元', en: 'Pixel' })}</h3>
        <Button size="small" onClick={close}>
          {t({ zh: '关闭', en: 'Close' })}
        </Button>
      </div>
      {asked.isPending ? (
        <Waiting />
      ) : asked.isError ? (
        <Failed error={asked.error} />
      ) : (
        <>
          <Pairs
            pairs={[
              [
                { zh: '位置', en: 'Place' },
                `${asked.data.place.lonLat.map((v) => v.toFixed(6)).join(', ')} · ${t({ zh: `列 ${asked.data.place.pixel[0]} 行 ${asked.data.place.pixel[1]}`, en: `column ${asked.data.place.pixel[0]}, row ${asked.data.place.pixel[1]}` })}`,
              ],
              [{ zh: '地区与类型', en: 'Region and type' }, `${t(asked.data.region)} · ${t(asked.data.class)}`],
              [{ zh: '面积', en: 'Area' }, `${asked.data.areaM2} m²`],
            ]}
          />
          {asked.data.figures.map((f) => (
            <details key={f.code}>
              <summary>
                {t(f.title)}{' '}
                <strong>{f.node ? `= ${withUnit(f.node.value.value, f.node.unit, lang)}` : t(f.missing!)}</strong>
              </summary>
              {f.node && <ReasonTree root={f.node} />}
            </details>
          ))}
          {asked.data.figures.length === 0 && (
            <p className="hint">
              {t({ zh: '没有按像元计算的数含这个像元。', en: 'No figure computed over pixels holds this pixel.' })}
            </p>
          )}
        </>
      )}
    </section>
  )
}
