let second = Number.NaN
let text = ''

/**
 * Milliseconds as a quoted JSON value for DateTime64(3): ISO text, since bare seconds before 2001 are misread. The
 * text of the last second is kept: `toISOString` alone took 5 % of the projection, and neighbours share their second.
 */
export function jsonTime(ms: number): string {
  const whole = Math.floor(ms / 1000)
  if (whole !== second) {
    text = new Date(whole * 1000).toISOString().slice(0, 20)
    second = whole
  }
  return `"${text}${String(Math.floor(ms - whole * 1000)).padStart(3, '0')}Z"`
}
