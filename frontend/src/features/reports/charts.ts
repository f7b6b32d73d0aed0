// What the report's charts show; colours are those of the look, set by the chart itself.
import type { EChartsCoreOption } from 'echarts/core'
import type { AppProgress, WeekCount } from '@/api/reports'
import type { Load } from '@/api/todo'
import type { Bar } from '@/ui/bars'

/** How many cases stand at each stage, in the order of the stages first met. */
export function byStage(apps: readonly AppProgress[]): Bar[] {
  const counts = new Map<string, number>()
  for (const a of apps) if (a.stage_name !== '') counts.set(a.stage_name, (counts.get(a.stage_name) ?? 0) + 1)
  return [...counts].map(([label, count]) => ({ label, count }))
}

export const byParty = (loads: readonly Load[]): Bar[] => loads.map((l) => ({ label: l.word, count: l.count }))

/** What was done week by week: settled as bars, returned as a dashed line. */
export function weeksOption(weeks: readonly WeekCount[]): EChartsCoreOption {
  return {
    grid: { left: 40, right: 16, top: 40, bottom: 32 },
    legend: { top: 0, left: 0, itemGap: 24, textStyle: { fontSize: 14 } },
    xAxis: { type: 'category', data: weeks.map((w) => w.from.slice(5)), axisTick: { show: false }, axisLabel: { fontSize: 14 } },
    yAxis: { type: 'value', minInterval: 1, axisLabel: { fontSize: 14 } },
    series: [
      { name: '办好', type: 'bar', barMaxWidth: 18, data: weeks.map(doneIn) },
      { name: '退回', type: 'line', symbol: 'rect', symbolSize: 7, lineStyle: { type: 'dashed' }, data: weeks.map((w) => w.returned) },
    ],
  }
}

export const doneIn = (w: WeekCount): number => w.passed + w.confirmed
