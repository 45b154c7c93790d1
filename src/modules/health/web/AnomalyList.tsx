import { CheckCircleFilled, FallOutlined, RiseOutlined, StopOutlined } from '@ant-design/icons'
import { useDisplay } from '#ui/display.tsx'
import { shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useEventTitles } from '#web/use-event-titles.ts'
import type { Anomaly } from '../contract.ts'
import { healthWords } from './health-words.ts'
import { MuteMenu } from './MuteMenu.tsx'

const icons = {
  silent: <StopOutlined aria-hidden="true" />,
  drop: <FallOutlined aria-hidden="true" />,
  surge: <RiseOutlined aria-hidden="true" />,
}

/** Open ones stand out; what is over is history. */
export function AnomalyList({ items, onOpen }: { items: Anomaly[]; onOpen: (series: string) => void }) {
  const t = useWords(healthWords)
  const titles = useEventTitles()
  if (items.length === 0)
    return (
      <p className="health-calm">
        <CheckCircleFilled className="hw-success" aria-hidden="true" /> {t('none')}{' '}
        <span className="hw-muted">{t('noneText')}</span>
      </p>
    )
  return (
    <ul className="health-list">
      {items.map((one) => (
        <li key={one.id} className={one.closedAt ? 'health-over' : undefined}>
          <span className={one.closedAt ? 'hw-muted' : `health-${one.kind}`}>{icons[one.kind]}</span>
          <button type="button" className="health-line" onClick={() => onOpen(one.series)}>
            <AnomalyText anomaly={one} />
          </button>
          {one.muted && <span className="hw-pill">{t('muted')}</span>}
          {!one.closedAt && (
            <MuteMenu series={one.series} name={seriesName(one, titles.event)} muted={one.muted} />
          )}
        </li>
      ))}
    </ul>
  )
}

/** Sources have names of their own; an event is called what the catalogue calls it. */
export const seriesName = (
  { series, name }: Pick<Anomaly, 'series' | 'name'>,
  event: (name: string) => string,
): string => (series.startsWith('event:') ? event(name) : name)

/** What happened, and since when. */
export function AnomalyText({ anomaly }: { anomaly: Anomaly }) {
  const { kind, expected, seen, since, closedAt } = anomaly
  const titles = useEventTitles()
  const name = seriesName(anomaly, titles.event)
  const t = useWords(healthWords)
  const { language } = useDisplay()
  const number = (value: number) => shortNumber(Math.round(value), language)
  return (
    <>
      <span className="health-text">
        {t(`kind_${kind}`, { name, expected: number(expected), seen: number(seen) })}
      </span>
      <span className="hw-fine">
        <TimeText value={since} />
        {closedAt && (
          <>
            {' → '}
            <TimeText value={closedAt} />
          </>
        )}
      </span>
    </>
  )
}
