import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { ScrollingTable } from '../ScrollingTable.tsx'
import type { NamedLine, OpenLine } from './TrendChart.tsx'
import { shortTime } from './TrendChart.tsx'
import { trendWords } from './trend-words.ts'

type Props = { lines: NamedLine[]; compared: NamedLine[]; onOpen: OpenLine }

/** The same numbers as text: a line a row, its whole first, then point by point. */
export function TrendTable({ lines, compared, onOpen }: Props) {
  const t = useWords(trendWords)
  const times = lines[0]?.line.points.map((point) => point.t) ?? []
  return (
    <ScrollingTable label={t('table')}>
      <thead>
        <tr>
          <th scope="col" className="analytics-line-name">
            {t('line')}
          </th>
          <th scope="col" className="hw-right">
            {t('whole')}
          </th>
          {times.map((time) => (
            <th scope="col" className="hw-right" key={time}>
              {shortTime(time)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((one) => (
          <Row key={one.name} of={one} onOpen={onOpen} />
        ))}
        {compared.map((one) => (
          <Row key={one.name} of={one} onOpen={(line, at) => onOpen(line, at, true)} muted />
        ))}
      </tbody>
    </ScrollingTable>
  )
}

function Row({ of, onOpen, muted = false }: { of: NamedLine; onOpen: OpenLine; muted?: boolean }) {
  const { line, name } = of
  return (
    <tr className={muted ? 'hw-muted' : undefined}>
      <th scope="row" className="analytics-line-name">
        {name}
      </th>
      <td className="hw-right">
        <Value value={line.total} label={name} onOpen={() => onOpen(of)} strong />
      </td>
      {line.points.map(({ t, value }) => (
        <td className="hw-right" key={t}>
          <Value value={value} label={`${name} ${t}`} onOpen={() => onOpen(of, t)} />
        </td>
      ))}
    </tr>
  )
}

type ValueProps = { value: number | null; label: string; onOpen: () => void; strong?: boolean }

function Value({ value, label, onOpen, strong = false }: ValueProps) {
  const { language } = useDisplay()
  if (value === null) return <span className="hw-muted">–</span>
  const text = exactNumber(value, language)
  if (value === 0) return <span className="hw-muted">{text}</span>
  return (
    <button
      type="button"
      className={strong ? 'analytics-value analytics-value-strong' : 'analytics-value'}
      aria-label={`${label}: ${text}`}
      onClick={onOpen}
    >
      {text}
    </button>
  )
}
