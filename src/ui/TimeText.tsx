import { Tooltip } from 'antd'
import { useDisplay, useNow } from '#ui/display.tsx'
import { clockTime, dayKey, dayName, fullTime, relativeTime } from '#ui/format-time.ts'

type Props = {
  value: string | number | null | undefined
  /** `relative` 3 分钟前 (default), `clock` 09:12, `seconds` 09:12:33, `day` 3月5日 周四, `minute` 2026-03-05 09:12, `full`. */
  as?: 'relative' | 'clock' | 'seconds' | 'day' | 'minute' | 'full'
}

/** A moment in the reader's zone; the full one on hover. */
export function TimeText({ value, as = 'relative' }: Props) {
  const { language, timezone } = useDisplay()
  const now = useNow()
  if (value === null || value === undefined) return <span className="hw-muted">–</span>
  const time = typeof value === 'number' ? value : Date.parse(value)
  const full = fullTime(time, timezone, language)
  const shown = {
    relative: () => relativeTime(time, now, language),
    clock: () => clockTime(time, timezone, language),
    seconds: () => clockTime(time, timezone, language, true),
    day: () => dayName(time, timezone, language, now),
    minute: () => `${dayKey(time, timezone)} ${clockTime(time, timezone, language)}`,
    full: () => full,
  }[as]()
  return (
    <Tooltip title={as === 'full' ? undefined : full}>
      <time dateTime={new Date(time).toISOString()} className="hw-number">
        {shown}
      </time>
    </Tooltip>
  )
}
