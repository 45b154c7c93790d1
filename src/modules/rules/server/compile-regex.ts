import { RE2JS } from 're2js'
import { ruleLimits } from '../contract.ts'

const compiled = new Map<string, RE2JS>()

/**
 * RE2 with the flags of ClickHouse's `match()`: case-sensitive, `.` also matches a line break, `^` and `$` are the
 * ends of the text. Answers the compiled expression, or a sentence that says why it is none.
 */
export function compileRegex(pattern: string): RE2JS | string {
  const known = compiled.get(pattern)
  if (known !== undefined) return known
  if (pattern.length > ruleLimits.regexChars) return `longer than ${ruleLimits.regexChars} characters`
  // Lookaround and named Unicode properties are re2js extras that RE2 itself refuses.
  if (/\0|\(\?<?[=!]|\\p\{[^}]*=/u.test(pattern)) return 'uses what RE2 does not know'
  try {
    const regex = RE2JS.compile(pattern, RE2JS.DOTALL)
    if (compiled.size > 1000) compiled.clear()
    compiled.set(pattern, regex)
    return regex
  } catch (error) {
    return error instanceof Error ? error.message : 'not a regular expression'
  }
}

/** True when the pattern is found anywhere in the text; a pattern that cannot compile matches nothing. */
export function matchesRegex(text: string, pattern: string): boolean {
  const regex = compileRegex(pattern)
  return typeof regex !== 'string' && regex.matcher(text).find()
}
