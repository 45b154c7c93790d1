import { calendarEnding, DAY, shanghaiDate } from './story/calendar.ts'
import { BROKEN_RELEASE } from './story/stage.ts'

/** What the company noted of its days: its seasons, and the release that broke the amounts. What was planted to be found stays unsaid. */
export function demoAnnotations(end: Date): { day: string; text: string }[] {
  const { start, waves } = calendarEnding(end)
  const seasons = waves.flatMap((wave, d) =>
    wave && wave !== waves[d - 1]
      ? [
          {
            day: shanghaiDate(start + d * DAY),
            text: `${wave.name}开始：券 ${wave.coupon}，立减 ${wave.off} 元`,
          },
        ]
      : [],
  )
  const release = {
    day: shanghaiDate(start + BROKEN_RELEASE.from * DAY),
    text: `App ${BROKEN_RELEASE.version} 发布；三天后因订单金额上报有误回退`,
  }
  return [...seasons, release].toSorted((a, b) => (a.day < b.day ? -1 : 1))
}
