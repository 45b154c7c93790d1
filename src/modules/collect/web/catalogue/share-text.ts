/** `40%`; what is rare but there is not `0%`, what is nearly always is not `100%`. */
export function shareText(part: number, whole: number): string {
  if (whole <= 0 || part >= whole) return part > 0 ? '100%' : '0%'
  const percent = Math.round((part / whole) * 100)
  if (percent === 0 && part > 0) return '<1%'
  return percent === 100 ? '>99%' : `${percent}%`
}
