import { useCallback, useMemo } from 'react'
import { useDisplay, useIsNarrow } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { clockTime, dayName } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { BarsOverTime } from '#web/home/BarsOverTime.tsx'
import { fillVolume, type VolumePoint } from '#web/home/fill-volume.ts'
import { homeWords } from '#web/home/home-words.ts'

const dayMs = 86_400_000

export function VolumeChart({ items, hours, range }: { items: VolumePoint[]; hours: number; range: string }) {
  const t = useWords(homeWords)
  const { language, timezone } = useDisplay()
  const points = useMemo(() => fillVolume(items, hours, Date.now()), [items, hours])
  const total = points.reduce((sum, point) => sum + point.count, 0)
  const byDay = (points[1]?.time ?? 0) - (points[0]?.time ?? 0) >= dayMs
  // A day takes twice the room of an hour.
  const [few, many] = byDay || hours > 24 ? [3, 8] : [5, 12]
  const every = Math.ceil(points.length / (useIsNarrow() ? few : many))
  const bars = useMemo(() => {
    const now = Date.now()
    return points.map(({ time, count }) => {
      const [day, clock] = [dayName(time, timezone, language, now), clockTime(time, timezone, language)]
      return { label: byDay || hours > 24 ? day : clock, title: byDay ? day : `${day} ${clock}`, count }
    })
  }, [points, timezone, language, byDay, hours])
  const unit = useCallback((count: number) => t('unit', { count }), [t])
  if (total === 0) return <p className="home-none">{t('noChart')}</p>
  return (
    <>
      <p className="hw-fine">
        {t('inRange', { range, count: total, shown: exactNumber(total, language) })} ·{' '}
        {byDay ? t('perDay') : t('perHour')}
      </p>
      <BarsOverTime
        bars={bars}
        name={t('unit')}
        unit={unit}
        every={every}
        label={t('chartLabel', { range, total: exactNumber(total, language) })}
      />
    </>
  )
}
