import { createHash } from 'node:crypto'
import { joinChunks } from '#modules/content/server/compile/chunks.ts'
import { assemble } from '#modules/content/server/compile/parts.ts'
import { type LinkTokens, linkPrefix } from '#modules/content/server/render/link-tokens.ts'
import type { Renderer } from '#modules/content/server/render/open-renderer.ts'
import { languageFor, type TemplateVersion } from '#modules/content/server/render/version.ts'
import { countSegments, type Segments } from '#modules/content/sms-segments.ts'

/** What is known of a person, by the names templates use. */
export type PersonValues = Record<string, unknown> & {
  language?: string | null
  timezone?: string | null
}
export type RenderInput = {
  /** Id of the message: letters, digits, `_` and `-`. Tracked links name it. */
  message: string
  person: PersonValues
  event?: Record<string, unknown>
  /** Addresses of this person's own pages: `unsubscribe`, `preferences`, `view`. */
  links?: Record<string, string>
  /** More roots: `coupon`, `journey`. */
  more?: Record<string, unknown>
}
export type RenderOptions = {
  workspace: { name: string; timezone: string }
  /** Where tracked links go, `https://…` without a slash at its end; left out, links stay as written. */
  linkBase?: string | undefined
}
export type Rendered =
  | {
      language: string
      /** Of a mail `subject`, `html`, `text`; of a text message `text`; else the fields of the channel's body. */
      body: Record<string, unknown>
      missing: string[]
      segments: Segments | null
    }
  | { error: string; missing: string[] }

const mostCharacters = 1_000_000
type Deps = { renderer: Renderer; tokens: LinkTokens }

/** Everybody's message, in the order of the people; one that cannot be made says why and does not disturb the others. */
export async function renderMany(
  { renderer, tokens }: Deps,
  version: TemplateVersion,
  people: readonly RenderInput[],
  options: RenderOptions,
): Promise<Rendered[]> {
  const made: Rendered[] = new Array(people.length)
  const byLanguage = new Map<string, number[]>()
  people.forEach((one, at) => {
    const language = languageFor(version.languages, one.person.language)
    const places = byLanguage.get(language)
    if (places) places.push(at)
    else byLanguage.set(language, [at])
  })
  for (const [language, places] of byLanguage) {
    const parts = version.compiled[language] ?? []
    const answers = await renderer.render({
      key: keyOf(version, language),
      sources: parts.map(({ source }) => source),
      shared: { workspace: options.workspace, __links: version.links, __language: language },
      people: places.map((at) => scopeOf(version, people[at] as RenderInput, options, tokens)),
    })
    answers.forEach((answer, index) => {
      const at = places[index] as number
      const missing = missingOf(version, people[at] as RenderInput)
      if (missing.length > 0 && version.onMissing === 'refuse') made[at] = { error: 'missing_data', missing }
      else if ('error' in answer) made[at] = { error: answer.error, missing }
      else made[at] = finish(version, language, answer.texts, missing)
    })
  }
  return made
}

/** Published versions by number; drafts, which have none, by what they say. */
function keyOf({ num, compiled, workspace }: TemplateVersion, language: string): string {
  if (num > 0) return `${num} ${language}`
  const sources = (compiled[language] ?? []).map(({ source }) => source)
  return createHash('sha256')
    .update(JSON.stringify([workspace, sources]))
    .digest('base64')
}

function scopeOf(version: TemplateVersion, one: RenderInput, options: RenderOptions, tokens: LinkTokens) {
  const tracked = options.linkBase
    ? linkPrefix(tokens, options.linkBase, version.num, one.message)
    : undefined
  return {
    ...one.more,
    person: one.person,
    event: one.event,
    links: one.links,
    __zone: one.person.timezone || options.workspace.timezone,
    __link: tracked?.prefix,
    __key: tracked?.key,
  }
}

function finish(
  version: TemplateVersion,
  language: string,
  texts: readonly string[],
  missing: string[],
): Rendered {
  const parts = version.compiled[language] ?? []
  const whole: string[] = []
  for (const [at, { chunks }] of parts.entries()) {
    const text = joinChunks(texts[at] ?? '', chunks, mostCharacters)
    if (text === undefined) return { error: 'too_large', missing }
    whole.push(text)
  }
  const paths = parts.map(({ path }) => path)
  const body = assemble(version.bodies[language] ?? {}, paths, whole)
  if (version.channel === 'webhook' && !isJson(body.body)) return { error: 'bad_json', missing }
  if (version.channel !== 'sms') return { language, body, missing, segments: null }
  const text = signed(String(body.text ?? ''), version)
  return { language, body: { ...body, text }, missing, segments: countSegments(text) }
}

/** 【签名】 in front and the way out behind, where the workspace says so and the author has not written them. */
function signed(text: string, { sms, purpose }: TemplateVersion): string {
  const front = sms.signature && !text.includes(`【${sms.signature}】`) ? `【${sms.signature}】` : ''
  const back =
    purpose === 'marketing' && sms.unsubscribe && !text.includes(sms.unsubscribe) ? sms.unsubscribe : ''
  const gap = back && /[\w]$/.test(text) && /^\w/.test(back) ? ' ' : ''
  return `${front}${text}${gap}${back}`
}

function isJson(text: unknown): boolean {
  try {
    JSON.parse(String(text))
    return true
  } catch {
    // Whether it can be read is the question.
    return false
  }
}

const missingOf = ({ needs }: TemplateVersion, one: RenderInput): string[] =>
  needs.flatMap(({ path, fallback, optional }) =>
    fallback === null && !optional && !/^(workspace|now)\b/.test(path) && isEmpty(valueAt(one, path))
      ? [path]
      : [],
  )

const isEmpty = (value: unknown) => value === undefined || value === null || value === ''

function valueAt({ person, event, links, more }: RenderInput, path: string): unknown {
  let at: unknown = { ...more, person, event, links }
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined
    at = (at as Record<string, unknown>)[key]
  }
  return at
}
