import { pinyin } from 'pinyin-pro'

const han = /\p{Script=Han}/u
// Names repeat, and every change of a person spells theirs anew: 8 µs a name otherwise.
const kept = new Map<string, string>()
const keptNames = 20_000

/**
 * How a Chinese name is typed in Latin letters, one way a line: 王芳 → `wangfang`, `wf`. A family name that is read in
 * its own way (单 shàn) is found by that and by the common reading. Empty for names without Chinese characters.
 */
export function spellName(name: string): string {
  if (!han.test(name)) return ''
  const known = kept.get(name)
  if (known !== undefined) return known
  const spelled = [...new Set([...ways(name, 'head'), ...ways(name, 'off')])].join('\n')
  if (kept.size >= keptNames) kept.clear()
  kept.set(name, spelled)
  return spelled
}

/** In full and by initials. ü is typed as v. */
function ways(name: string, surname: 'head' | 'off'): string[] {
  const parts = pinyin(name.slice(0, 64), { toneType: 'none', type: 'array', surname, v: true })
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '')
  return [parts.join(''), parts.map((part) => part[0]).join('')]
}
