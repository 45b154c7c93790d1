import { Select } from 'antd'
import { useMemo } from 'react'
import { axisStyle, Chart, plotFrame } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { SqlAnswer, SqlChart } from '../contract.ts'
import { chosen, drawingOf, mostDrawn } from './result-values.ts'
import { sqlWords } from './sql-words.ts'

type Props = { answer: SqlAnswer; chart: SqlChart; onChart: (chart: SqlChart) => void }

/** A result drawn: what stands across, what the lines are by, which numbers. */
export function ResultChart({ answer, chart, onChart }: Props) {
  const t = useWords(sqlWords)
  const { x, series, y, numbers } = chosen(answer.columns, chart)
  if (numbers.length === 0) return <p className="hw-muted sql-note">{t('noNumbers')}</p>
  const names = answer.columns.map(({ name }) => ({ value: name, label: name }))
  const isNumber = chart.kind === 'number'
  return (
    <>
      <div className="sql-chart-bar">
        {!isNumber && (
          <Labelled label={t('x')}>
            <Select
              aria-label={t('x')}
              size="small"
              value={x}
              options={names}
              popupMatchSelectWidth={false}
              onChange={(next) => onChart({ ...chart, x: next })}
            />
          </Labelled>
        )}
        {!isNumber && chart.kind !== 'pie' && (
          <Labelled label={t('series')}>
            <Select
              aria-label={t('series')}
              size="small"
              value={series ?? ''}
              options={[{ value: '', label: t('noSeries') }, ...names.filter(({ value }) => value !== x)]}
              popupMatchSelectWidth={false}
              onChange={(next) => onChart({ ...chart, series: next || undefined })}
            />
          </Labelled>
        )}
        <Labelled label={t('y')}>
          <Select
            aria-label={t('y')}
            size="small"
            mode="multiple"
            maxTagCount={3}
            className="sql-y"
            value={y}
            options={numbers.map((value) => ({ value, label: value }))}
            onChange={(next) => onChart({ ...chart, y: next.slice(0, 12) })}
          />
        </Labelled>
      </div>
      {isNumber ? <BigNumbers answer={answer} names={y} /> : <Drawn answer={answer} chart={chart} />}
      {answer.rows.length > mostDrawn && <p className="hw-fine">{t('tooMany', { count: mostDrawn })}</p>}
    </>
  )
}

const Labelled = ({ label, children }: { label: string; children: React.ReactNode }) => (
  <span className="sql-labelled">
    <span className="hw-fine">{label}</span>
    {children}
  </span>
)

function BigNumbers({ answer, names }: { answer: SqlAnswer; names: readonly string[] }) {
  const { language } = useDisplay()
  const row = answer.rows[0] ?? []
  return (
    <dl className="sql-numbers">
      {names.map((name) => {
        const value = row[answer.columns.findIndex((column) => column.name === name)]
        return (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value === null || value === undefined ? '–' : exactNumber(Number(value), language)}</dd>
          </div>
        )
      })}
    </dl>
  )
}

function Drawn({ answer, chart }: Pick<Props, 'answer' | 'chart'>) {
  const t = useWords(sqlWords)
  const { language, dark } = useDisplay()
  const drawing = useMemo(() => drawingOf(answer, chart), [answer, chart])
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    const said = (value: unknown) => (typeof value === 'number' ? exactNumber(value, language) : '–')
    if (chart.kind === 'pie')
      return {
        legend: plotFrame(dark, true).legend,
        tooltip: { trigger: 'item', valueFormatter: said },
        series: [
          {
            ...{ type: 'pie', radius: ['45%', '72%'], center: ['50%', '45%'] },
            label: { color: axis.axisLabel.color, fontFamily: 'system-ui, sans-serif' },
            data: drawing.categories.map((name, at) => ({
              name: name || '–',
              value: drawing.lines[0]?.values[at] ?? 0,
            })),
          },
        ],
      }
    return {
      ...plotFrame(dark, drawing.lines.length > 1),
      xAxis: {
        ...axis,
        ...{ type: 'category', data: drawing.categories, splitLine: { show: false } },
        axisLabel: { ...axis.axisLabel, hideOverlap: true, width: 120, overflow: 'truncate' },
      },
      yAxis: {
        ...axis,
        type: 'value',
        axisLabel: { ...axis.axisLabel, formatter: (value: number) => shortNumber(value, language) },
      },
      tooltip: { trigger: 'axis', valueFormatter: said },
      series: drawing.lines.map(({ name, values }) => ({
        ...{ type: chart.kind, name, data: values, barMaxWidth: 40, symbolSize: 6 },
        showSymbol: values.length <= 31,
      })),
    }
  }, [drawing, chart.kind, dark, language])
  return <Chart option={option} label={t('result')} height={320} />
}
