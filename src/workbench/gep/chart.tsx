// One bar chart, drawn in the browser as the report draws it; the library comes when the first chart is opened. Beside it
// always stands a table of the same numbers, so the picture is for the eye alone.

import { use, useEffect, useRef } from 'react'

export interface Bar {
  readonly name: string
  readonly value: number
  /** The number as printed in the tables. */
  readonly label: string
  readonly colour: string
  readonly code: string
}

const load = async () => {
  const [core, charts, components, renderers] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ])
  core.use([charts.BarChart, components.GridComponent, components.TooltipComponent, renderers.SVGRenderer])
  return core
}
let loading: ReturnType<typeof load> | undefined

const FONT = "'Noto Sans SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif"

export function BarChart(p: {
  readonly bars: readonly Bar[]
  readonly axis: string
  readonly label: string
  readonly open: (code: string) => void
}) {
  const core = use((loading ??= load()))
  const box = useRef<HTMLDivElement>(null)
  const { bars, axis, open } = p
  useEffect(() => {
    const chart = core.init(box.current, null, { renderer: 'svg' })
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: FONT },
      grid: { left: 8, right: 90, top: 8, bottom: 36, outerBoundsMode: 'same' },
      tooltip: {
        trigger: 'item',
        formatter: (d: { dataIndex: number }) => said(bars[d.dataIndex]!),
        renderMode: 'richText',
      },
      xAxis: {
        type: 'value',
        name: axis,
        nameLocation: 'middle',
        nameGap: 26,
        nameTextStyle: { color: '#1d2721' },
        axisLabel: { color: '#4a554f', hideOverlap: true },
        splitNumber: 4,
        splitLine: { lineStyle: { color: '#dde3e8' } },
      },
      yAxis: {
        type: 'category',
        data: bars.map((b) => b.name),
        inverse: true,
        axisTick: { show: false },
        axisLabel: { color: '#1d2721', interval: 0, width: 180, overflow: 'truncate' },
      },
      series: [
        {
          type: 'bar',
          barMaxWidth: 22,
          data: bars.map((b) => ({
            value: b.value,
            itemStyle: { color: b.colour },
            label: { show: true, position: 'right', formatter: () => b.label, color: '#1d2721' },
          })),
        },
      ],
    })
    chart.on('click', (e) => open(bars[e.dataIndex]!.code))
    const watch = new ResizeObserver(() => chart.resize())
    watch.observe(box.current!)
    return () => {
      watch.disconnect()
      chart.dispose()
    }
    // `open` only changes the address; the chart is drawn anew when its bars change.
  }, [core, bars, axis])
  return <div ref={box} role="img" aria-label={p.label} style={{ height: 60 + bars.length * 27 }} className="chart" />
}

const said = (b: Bar): string => `${b.name}\n${b.label}`
