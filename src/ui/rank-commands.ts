type Ranked = { title: string; group?: string; hint?: string; keywords?: string }

// What a Chinese input method puts in place of the signs.
const wide: Record<string, string> = { '＞': '>', '》': '>', '＠': '@', '＃': '#' }

/** `@ wang` → people, `wang`. A sign alone narrows without looking for anything yet. */
export function readTyped(typed: string, signs: readonly string[]): { scope?: string; text: string } {
  const start = typed.trimStart()
  const first = start.slice(0, 1)
  const sign = wide[first] ?? first
  return signs.includes(sign) ? { scope: sign, text: start.slice(1).trim() } : { text: start.trim() }
}

/**
 * What holds every typed word, those that begin with it first, groups together. `close` are named so; `far` only
 * mention it, and come after records that are named so.
 */
export function rankCommands<T extends Ranked>(
  commands: readonly T[],
  text: string,
): { close: T[]; far: T[] } {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return { close: [...commands], far: [] }
  const ranked = commands
    .map((command) => ({ command, fit: fitOf(command, words) }))
    .sort((a, b) => a.fit - b.fit)
  const within = (from: number, to: number) =>
    together(ranked.filter((one) => one.fit >= from && one.fit < to).map((one) => one.command))
  return { close: within(0, far), far: within(far, none) }
}

const together = <T extends Ranked>(commands: readonly T[]): T[] =>
  [...Map.groupBy(commands, (command) => command.group).values()].flat()

const far = 3
const none = 4

function fitOf({ title, hint = '', keywords = '' }: Ranked, words: readonly string[]): number {
  const name = title.toLowerCase()
  const all = `${name} ${hint} ${keywords}`.toLowerCase()
  if (!words.every((word) => all.includes(word))) return none
  const first = words[0] as string
  if (name.startsWith(first)) return 0
  const begins = (text: string) => text.split(/\s+/).some((part) => part.startsWith(first))
  if (begins(name)) return 1
  // Chinese has no gaps between its words.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: nothing but ASCII
  if (begins(keywords.toLowerCase()) || (all.includes(first) && !/^[\x00-\x7f]*$/.test(first))) return 2
  return far
}
