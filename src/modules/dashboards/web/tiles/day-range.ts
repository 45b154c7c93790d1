import type { Language } from '#ui/i18n.ts'

const locale = { zh: 'zh-CN', en: 'en-GB' } as const

/** 10/31–11/29 or 31 Oct – 29 Nov; with years where they differ from the last day's. Days of the answer's own zone. */
export function dayRange({ from, to }: { from: string; to: string }, language: Language): string {
  const sameYear = from.slice(0, 4) === to.slice(0, 4)
  const say = (day: string, year: boolean) =>
    new Intl.DateTimeFormat(locale[language], {
      timeZone: 'UTC',
      day: 'numeric',
      month: language === 'zh' ? 'numeric' : 'short',
      ...(year ? { year: 'numeric' } : {}),
    }).format(Date.parse(`${day}T00:00:00Z`))
  if (from === to) return say(to, false)
  return language === 'zh'
    ? `${say(from, !sameYear)}–${say(to, !sameYear)}`
    : `${say(from, !sameYear)} – ${say(to, !sameYear)}`
}
