import type { ChannelKind } from '#slots/channel-kind.ts'

/** One text of a body, and what kind of text it is. */
export type Part = {
  path: string
  place: 'html' | 'text' | 'line' | 'url' | 'json'
  source: string
  track: boolean
}
type Given = Record<string, unknown>

const urls = new Set(['url', 'image', 'icon'])
/** Words that choose, not texts. */
const choices = new Set(['kind', 'position', 'colour', 'templateId', 'mjml', 'html'])

/** Texts of every channel but mail, whose HTML is made first. */
export function partsOf(channel: ChannelKind, body: Given): Part[] {
  const parts: Part[] = []
  for (const [path, value] of Object.entries(body)) {
    if (choices.has(path)) continue
    if (path === 'data') {
      for (const [key, text] of Object.entries(value as Given))
        parts.push({ path: `data.${key}`, place: 'text', source: String(text), track: false })
    } else if (typeof value !== 'string') continue
    else if (channel === 'webhook') parts.push({ path, place: 'json', source: value, track: false })
    else if (urls.has(path)) parts.push({ path, place: 'url', source: value, track: path === 'url' })
    else {
      const place = path === 'title' || path === 'subject' ? 'line' : 'text'
      parts.push({ path, place, source: value, track: channel === 'sms' || channel === 'wechat' })
    }
  }
  return parts
}

/** The body again, with texts in place of Liquid. */
export function assemble(body: Given, paths: readonly string[], texts: readonly string[]): Given {
  const { mjml: _mjml, ...rest } = body
  const made: Given = { ...rest }
  const data: Given = {}
  paths.forEach((path, at) => {
    if (path.startsWith('data.')) data[path.slice(5)] = texts[at]
    else made[path] = texts[at]
  })
  return Object.keys(data).length > 0 ? { ...made, data } : made
}
