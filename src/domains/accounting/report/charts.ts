// Bar charts as SVG, drawn by ECharts without a browser. Serves the results chapter and the leader's page.
// Always holds: every bar carries its printed number, one chart has one unit and one price basis, and the same data
// give the same text (no animation; the ids ECharts numbers through the process are taken out).

import { FAINT, INK, KIND_COLOURS, PICTURE_FONT } from './palette.ts'

export interface Bar {
  readonly name: string
  /** Length of the bar, in the chart's unit; drawing needs no exactness. */
  readonly size: number
  /** The number as printed in the tables. */
  readonly label: string
  /** Bars of one kind share a colour. */
  readonly kind?: number
}

export interface BarChart {
  readonly bars: readonly Bar[]
  /** Unit and basis, printed at the axis. */
  readonly axis: string
  readonly width: number
  readonly height: number
  readonly direction: 'across' | 'up'
}

type Echarts = Awaited<ReturnType<typeof load>>
let loaded: Promise<Echarts> | undefined

async function load() {
  const [core, charts, components, renderers] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ])
  core.use([charts.BarChart, components.GridComponent, renderers.SVGRenderer])
  return core
}

/** A self-contained SVG of `width` × `height`. */
export async function barChart(chart: BarChart): Promise<string> {
  const echarts = await (loaded ??= load())
  const instance = echarts.init(null, null, { renderer: 'svg', ssr: true, width: chart.width, height: chart.height })
  const across = chart.direction === 'across'
  const names = {
    type: 'category' as const,
    data: chart.bars.map((b) => b.name),
    inverse: across,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: FAINT } },
    axisLabel: {
      color: INK,
      fontSize: 13,
      interval: 0,
      ...(across
        ? { width: 170, overflow: 'break' as const }
        : { width: chart.width / Math.max(chart.bars.length, 1) - 12, overflow: 'break' as const }),
    },
  }
  const amounts = {
    type: 'value' as const,
    name: chart.axis,
    nameLocation: 'middle' as const,
    nameGap: across ? 28 : 46,
    nameTextStyle: { color: INK, fontSize: 12 },
    axisLabel: { color: FAINT, fontSize: 11, hideOverlap: true },
    splitNumber: 4,
    splitLine: { lineStyle: { color: '#dde3e8' } },
  }
  instance.setOption({
    animation: false,
    textStyle: { fontFamily: PICTURE_FONT },
    grid: {
      left: 12,
      right: across ? 78 : 16,
      top: across ? 8 : 28,
      bottom: across ? 36 : 12,
      outerBoundsMode: 'same',
    },
    xAxis: across ? amounts : names,
    yAxis: across ? names : amounts,
    series: [
      {
        type: 'bar',
        silent: true,
        emphasis: { disabled: true },
        barMaxWidth: 30,
        data: chart.bars.map((b) => ({
          value: b.size,
          itemStyle: { color: KIND_COLOURS[(b.kind ?? 0) % KIND_COLOURS.length]! },
          label: { show: true, position: across ? 'right' : 'top', formatter: () => b.label, color: INK, fontSize: 12 },
        })),
      },
    ],
  })
  const svg = instance.renderToSVGString()
  instance.dispose()
  // Hover styles make no sense on paper, and their class names would meet those of other charts on the page.
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ class="[^"]*"/g, '')
    .replace(/\bzr\d+-/g, 'c-')
}
