import type { Need } from '#modules/content/contract/template.ts'
import type { CompiledPart } from '#modules/content/server/compile/compile-body.ts'
import type { ChannelKind } from '#slots/channel-kind.ts'

/** How a workspace signs its text messages, and how they say the way out. */
export type SmsRules = { signature: string; unsubscribe: string }

/** A published version, ready to be rendered; never changes, so it may be kept by whoever sends. */
export type TemplateVersion = {
  templateId: string
  name: string
  channel: ChannelKind
  purpose: 'marketing' | 'transactional'
  /** Number of the version within the template, and the one that is unique everywhere. */
  number: number
  num: number
  workspace: number
  /** The first is for everybody there is no variant for. */
  languages: readonly string[]
  bodies: Readonly<Record<string, Record<string, unknown>>>
  compiled: Readonly<Record<string, readonly CompiledPart[]>>
  needs: readonly Need[]
  /** Addresses tracked links lead to, by number. */
  links: readonly string[]
  onMissing: 'send' | 'refuse'
  sms: SmsRules
}

/** `zh-Hans-CN` is served by `zh-Hans-CN`, `zh-Hans`, `zh`, then any `zh-…`, then by the first. */
export function languageFor(languages: readonly string[], wanted: string | null | undefined): string {
  const first = languages[0]
  if (first === undefined) throw new Error('a template without languages')
  const asked = (wanted ?? '').toLowerCase().replaceAll('_', '-')
  const lower = languages.map((one) => one.toLowerCase())
  for (let tag = asked; tag !== ''; tag = tag.includes('-') ? tag.slice(0, tag.lastIndexOf('-')) : '') {
    const at = lower.indexOf(tag)
    if (at >= 0) return languages[at] ?? first
  }
  const family = asked.split('-')[0]
  const near = family === '' ? -1 : lower.findIndex((one) => one.split('-')[0] === family)
  return languages[near] ?? first
}
