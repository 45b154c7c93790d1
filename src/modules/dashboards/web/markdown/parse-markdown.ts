export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong'; parts: Inline[] }
  | { kind: 'em'; parts: Inline[] }
  | { kind: 'link'; href: string; parts: Inline[] }
export type Block =
  | { kind: 'heading'; level: 2 | 3 | 4; parts: Inline[] }
  | { kind: 'paragraph'; lines: Inline[][] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }
  | { kind: 'code'; text: string }
  | { kind: 'rule' }

const heading = /^(#{1,3})\s+(.+)$/
const bullet = /^\s*[-*+]\s+(.+)$/
const numbered = /^\s*\d{1,4}[.)]\s+(.+)$/
const rule = /^\s*(-{3,}|\*{3,}|_{3,})\s*$/
const isPlain = (line: string) =>
  line.trim() !== '' &&
  ![heading, bullet, numbered, rule].some((one) => one.test(line)) &&
  !line.startsWith('```')

/**
 * The part of Markdown notes are written in: headings, lists, emphasis, code, links. HTML is text like any other, because
 * nothing here makes markup of it.
 */
export function parseMarkdown(source: string): Block[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n')
  const blocks: Block[] = []
  let at = 0
  const take = (matches: (line: string) => boolean): string[] => {
    const from = at
    while (at < lines.length && matches(lines[at] as string)) at++
    return lines.slice(from, at)
  }
  while (at < lines.length) {
    const line = lines[at] as string
    const title = heading.exec(line)
    if (line.startsWith('```')) {
      at++
      const text = take((one) => !one.startsWith('```')).join('\n')
      at++
      blocks.push({ kind: 'code', text })
    } else if (rule.test(line)) {
      at++
      blocks.push({ kind: 'rule' })
    } else if (title) {
      at++
      const level = ((title[1] as string).length + 1) as 2 | 3 | 4
      blocks.push({ kind: 'heading', level, parts: parseInline(title[2] as string) })
    } else if (bullet.test(line) || numbered.test(line)) {
      const pattern = bullet.test(line) ? bullet : numbered
      const items = take((one) => pattern.test(one) && !rule.test(one)).map((one) =>
        parseInline(pattern.exec(one)?.[1] ?? ''),
      )
      blocks.push({ kind: 'list', ordered: pattern === numbered, items })
    } else if (isPlain(line))
      blocks.push({ kind: 'paragraph', lines: take(isPlain).map((one) => parseInline(one)) })
    else at++
  }
  return blocks
}

// One pass, longest marks first; depth is bounded, so that a line of marks is no work.
const marks = /`([^`]+)`|\*\*([^*]+(?:\*[^*]+)*)\*\*|\*([^*\s][^*]*)\*|\[([^\]]*)\]\(([^()\s]+)\)/g

function parseInline(text: string, depth = 0): Inline[] {
  if (depth > 3) return [{ kind: 'text', text }]
  const parts: Inline[] = []
  let last = 0
  for (const match of text.matchAll(marks)) {
    if (match.index > last) parts.push({ kind: 'text', text: text.slice(last, match.index) })
    last = match.index + match[0].length
    const [whole, code, strong, em, label, address] = match
    const href = address === undefined ? undefined : safeHref(address)
    if (code !== undefined) parts.push({ kind: 'code', text: code })
    else if (strong !== undefined) parts.push({ kind: 'strong', parts: parseInline(strong, depth + 1) })
    else if (em !== undefined) parts.push({ kind: 'em', parts: parseInline(em, depth + 1) })
    else if (href !== undefined)
      parts.push({ kind: 'link', href, parts: parseInline(label || href, depth + 1) })
    else parts.push({ kind: 'text', text: whole })
  }
  if (last < text.length) parts.push({ kind: 'text', text: text.slice(last) })
  return parts
}

/** Web pages, mail, and pages of this program; whatever else an address may start is left as text. */
export function safeHref(address: string): string | undefined {
  if (/^\/(?![/\\])/.test(address) || /^https?:\/\/[^\s]+$/i.test(address)) return address
  return /^mailto:[^\s]+@[^\s]+$/i.test(address) ? address : undefined
}
