import { signLink } from '../render/link-signature.ts'
import type { FilterPlace } from './filters.ts'

/** Stand around the number of a piece of text that is put in afterwards; no value may bring its own. */
export const marks = { open: '\uE000', close: '\uE001' }
// Control characters but tab and line ends.
const notText = new RegExp(`[[${marks.open}${marks.close}\\p{Cc}]--[\\t\\n\\r]]`, 'gv')

/** A value as text: what a person left empty prints nothing, lists are read out. */
export function plain(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value.replace(notText, '')
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return value.map(plain).join(', ')
  return JSON.stringify(value)?.replace(notText, '') ?? ''
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (one) => entities[one] ?? one)

/** An address somebody may be led to; anything that would run is none. */
function safeUrl(value: unknown): string {
  const url = plain(value).replace(/[\s]/g, '')
  if (/^(https?:\/\/|mailto:|tel:|sms:|weixin:\/\/)/i.test(url) || /^[/?#](?!\/)/.test(url)) return url
  // Without a scheme it is relative, which a message has nothing to be relative to.
  return ''
}
const part = (value: unknown) => encodeURIComponent(plain(value).toWellFormed())

/** Each prints for one place; the compiler puts the right one behind every output. */
export const outputFilters = {
  hw_html: (value: unknown) => escapeHtml(plain(value)),
  hw_text: plain,
  hw_line: (value: unknown) => plain(value).replace(/\s+/g, ' '),
  hw_css: (value: unknown) => plain(value).replace(/[^\w #%.,-]/g, ''),
  hw_url: safeUrl,
  hw_url_html: (value: unknown) => escapeHtml(safeUrl(value)),
  hw_url_part: part,
  hw_json: (value: unknown) => JSON.stringify(plain(value)).slice(1, -1),
  hw_json_value: (value: unknown) => JSON.stringify(value ?? null).replace(/[\uE000\uE001]/g, ''),
  /** A link of the version: its tracked address where there is a prefix, else as it was written. */
  hw_link(this: FilterPlace, prefix: unknown, index: number): string {
    return escapeHtml(linkOf(this, prefix, index))
  },
  hw_link_text(this: FilterPlace, prefix: unknown, index: number): string {
    return linkOf(this, prefix, index)
  },
  /** A link with values of the person in it: where it leads is in the tracked address, and signed. */
  hw_own_link(this: FilterPlace, url: unknown, index: number): string {
    const prefix = this.context.getSync(['__link'])
    const target = safeUrl(url)
    if (typeof prefix !== 'string' || !prefix || !/^https?:/i.test(target)) return escapeHtml(target)
    const key = String(this.context.getSync(['__key']))
    const place = `${prefix}${index.toString(36)}`
    return escapeHtml(`${place}?to=${encodeURIComponent(target)}&s=${signLink(key, place, target)}`)
  },
}

function linkOf(place: FilterPlace, prefix: unknown, index: number): string {
  if (typeof prefix === 'string' && prefix) return prefix + index.toString(36)
  const links = place.context.getSync(['__links'])
  return Array.isArray(links) ? plain(links[index]) : ''
}
