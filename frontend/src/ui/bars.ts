import type { EChartsCoreOption } from 'echarts/core'

export interface Bar { label: string; count: number }

/** A line is as high as a finger, so that the bar can be pressed. */
export const barLine = 44

/** Bars that lie, each with its label and its number; labels wider than labelWidth pixels take two lines. The chosen one says so. */
export function lyingBars(bars: readonly Bar[], labelWidth = 132, chosen = -1): EChartsCoreOption {
  const data = bars.map((b, i) => ({ value: b.count, label: { formatter: i === chosen ? '{c} 已选' : '{c}', opacity: 1 }, itemStyle: { opacity: chosen === -1 || i === chosen ? 1 : 0.5 } }))
  return {
    grid: { left: labelWidth + 12, right: chosen === -1 ? 40 : 64, top: 0, bottom: 0 },
    xAxis: { type: 'value', minInterval: 1, axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: { type: 'category', inverse: true, data: bars.map((b) => b.label), axisTick: { show: false }, axisLine: { show: false }, axisLabel: { fontSize: 14, width: labelWidth, overflow: 'break', lineHeight: 18 } },
    series: [{ type: 'bar', barMaxWidth: 18, data, label: { show: true, position: 'right', fontSize: 14 } }],
  }
}
