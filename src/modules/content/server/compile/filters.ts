import { DateTime } from 'luxon'

/** What a filter finds of the place it runs in. */
export type FilterPlace = { context: { getSync(path: string[]): unknown } }

const named = ['date', 'time', 'datetime', 'long', 'weekday'] as const
const namedOptions: Record<(typeof named)[number], Intl.DateTimeFormatOptions> = {
  date: { year: 'numeric', month: 'short', day: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  datetime: {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
  long: { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' },
  weekday: { weekday: 'long' },
}
/** Of strftime, as far as it says moments; no widths. */
const directives: Record<string, string> = {
  Y: 'yyyy', y: 'yy', m: 'MM', d: 'dd', e: 'd', H: 'HH', I: 'hh', l: 'h', M: 'mm', S: 'ss', p: 'a', B: 'LLLL', b: 'LLL',
  A: 'cccc', a: 'ccc', j: 'ooo', F: 'yyyy-MM-dd', T: 'HH:mm:ss', R: 'HH:mm', Z: 'ZZZZ', z: 'ZZZ',
} // biome-ignore format: a table
const short: Record<string, string> = { m: 'M', d: 'd', H: 'H', I: 'h', M: 'm', S: 's' }
const longestFormat = 100

/** `{{ event.time | date: "long" }}`, `{{ person.birthday | date: "%m月%d日" }}`: in the person's zone and language. */
export function dateFilter(
  this: FilterPlace,
  value: unknown,
  format: unknown = 'date',
  zone?: unknown,
): string {
  const time = readTime(value, textOf(zone) || textOf(this.context.getSync(['__zone'])) || 'UTC')
  if (!time) return ''
  const local = time.setLocale(languageOf(this))
  const wanted = textOf(format).slice(0, longestFormat)
  const name = named.find((one) => one === wanted)
  if (name) return local.toLocaleString(namedOptions[name])
  return wanted.replace(/%(-?)([a-zA-Z%])/g, (whole, dash: string, letter: string) => {
    if (letter === '%') return '%'
    const token = (dash && short[letter]) || directives[letter]
    return token ? local.toFormat(token) : whole
  })
}

/** A date alone is that day everywhere; moments are moved into the zone. */
function readTime(value: unknown, zone: string): DateTime | undefined {
  if (value === 'now' || value === 'today') return valid(DateTime.now().setZone(zone))
  if (typeof value === 'number')
    return valid(DateTime.fromMillis(value < 1e11 ? value * 1000 : value, { zone }))
  const text = textOf(value)
  if (!text) return undefined
  if (/^\d{9,13}$/.test(text)) return readTime(Number(text), zone)
  return valid(DateTime.fromISO(text.replace(' ', 'T'), { zone }))
}

const valid = (time: DateTime) => (time.isValid ? time : undefined)

/** `{{ event.properties.amount | money }}`, `| money: "USD"`: whole units, as the language writes them. */
export function moneyFilter(this: FilterPlace, value: unknown, currency: unknown = 'CNY'): string {
  const amount = readNumber(value)
  if (amount === undefined) return ''
  const code = textOf(currency).toUpperCase()
  if (!/^[A-Z]{3}$/.test(code)) return String(amount)
  return formatter(`m${code}`, languageOf(this), { style: 'currency', currency: code }).format(amount)
}

/** `{{ person.points | number }}`: 12,300. */
export function numberFilter(this: FilterPlace, value: unknown, digits?: unknown): string {
  const amount = readNumber(value)
  if (amount === undefined) return ''
  const places = Math.min(10, Math.max(0, Math.trunc(readNumber(digits) ?? -1)))
  const fixed = digits === undefined ? {} : { minimumFractionDigits: places, maximumFractionDigits: places }
  return formatter(`n${digits === undefined ? '' : places}`, languageOf(this), fixed).format(amount)
}

function readNumber(value: unknown): number | undefined {
  const number = typeof value === 'number' ? value : textOf(value) === '' ? Number.NaN : Number(textOf(value))
  return Number.isFinite(number) ? number : undefined
}

const formatters = new Map<string, Intl.NumberFormat>()
/** Making one takes 30 times as long as using it. */
function formatter(key: string, language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const whole = `${language} ${key}`
  const kept = formatters.get(whole)
  if (kept) return kept
  if (formatters.size > 200) formatters.clear()
  const made = new Intl.NumberFormat(language, options)
  formatters.set(whole, made)
  return made
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
const languageOf = (place: FilterPlace): string => textOf(place.context.getSync(['__language'])) || 'en'
