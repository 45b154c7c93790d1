/** ClickHouse's DateTime64 goes from 1900 to 2299; both ends leave room for a correction of the clock. */
export const earliestTime = Date.UTC(1970, 0, 1)
const latestTime = Date.UTC(2200, 0, 1)

// What SDKs send; all others go the longer way.
const usualForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
const isoForm =
  /^\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)?(\s?(?:[zZ]|[+-]\d{2}:?\d{2}))?$/
// `Tue, 14 Nov 2023 22:13:20 GMT`, and what JavaScript's Date prints: words with a zone.
const wordForm = /^[A-Z][a-z]{2},? .*\d{4}.*\d{2}:\d{2}.*(?:GMT|UTC|[+-]\d{4})/
const digits = /^\d{9,14}(?:\.\d+)?$/

/** Milliseconds; null when absent, undefined when it is there but no time. Seconds and milliseconds both count. */
export function readTime(value: unknown): number | null | undefined {
  if (value === undefined || value === null || value === '') return null
  const time =
    typeof value === 'number' ? fromNumber(value) : typeof value === 'string' ? fromText(value) : Number.NaN
  return time >= earliestTime && time < latestTime ? Math.trunc(time) : undefined
}

const fromNumber = (value: number) => (value < 1e11 ? value * 1000 : value)

// Date.parse alone reads `hello 1` as a day of 2001, and a time without a zone by the zone of the machine.
function fromText(text: string): number {
  if (usualForm.test(text)) return Date.parse(text)
  const iso = isoForm.exec(text)
  if (iso) return Date.parse(iso[1] === undefined && text.length > 10 ? `${normal(text)}Z` : normal(text))
  if (digits.test(text)) return fromNumber(Number(text))
  return wordForm.test(text) ? Date.parse(text) : Number.NaN
}

const normal = (text: string) =>
  text
    .toUpperCase()
    .replace(',', '.')
    .replace(/^(.{10}) /, '$1T')
    .replace(' ', '')
