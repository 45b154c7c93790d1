import { sql } from 'kysely'
import { normaliseIdentifier } from '#modules/profiles/identity/normalise.ts'
import { loadMarks } from '#modules/profiles/server/attributes/attribute-marks.ts'
import { loadIdentitySettings } from '#modules/profiles/server/identity-settings.ts'
import { sightOf } from '#modules/profiles/server/masking/sight.ts'
import { numberList } from '#modules/profiles/server/number-list.ts'
import { nameAttributes } from '#modules/profiles/server/person-name.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import { isLine, isOpen, isTail } from '#modules/profiles/server/search-text.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

/** One condition on `people` that holds where the text is found, and how well it fits: 0 best. */
export type TextSearch = {
  sql: string
  rank: string
  params: Record<string, unknown>
  /** One of these is in the text of whoever is found. */
  terms: string[]
}

// What a masked phone shows of itself: 138****8000.
const shownTail = 4

/**
 * Part of a name, of how it is spelled in Latin letters, or of an identifier; a phone or mail in any spelling; the end
 * of a phone; a public id. Who may not see phones and mails finds them by what they see of them (the last four
 * digits) or by the whole of it, not by guessing digit after digit.
 */
export async function searchText(
  deps: Pick<ProfileDeps, 'database' | 'personIds'>,
  ctx: WorkspaceCtx,
  text: string,
): Promise<TextSearch> {
  const settings = await deps.database.read(ctx, (tx) => loadIdentitySettings(tx, tx.workspace))
  const typed = text.toLowerCase().toWellFormed()
  const whole = ['email', 'phone'].flatMap((kind) => {
    const found = normaliseIdentifier(settings, kind, text)
    return 'identifier' in found ? [found.identifier.value.toWellFormed()] : []
  })
  // "wang fang" is spelled as one word.
  const terms = [...new Set([typed, ...(/^[a-z' ]+$/.test(typed) ? [typed.replace(/[' ]/g, '')] : [])])]
  const params: Record<string, unknown> = { search_whole: whole }
  const parts = terms.map((term, at) => {
    params[`search_${at}`] = term
    return `{search_${at}:String}`
  })
  const ways = sightOf(ctx) === 'blind' ? guarded(parts, whole, typed) : openly(parts, whole)
  const person = deps.personIds.decode(ctx.workspace.num, text)
  if (person !== undefined) ways.push(`person IN (${numberList([person])})`)
  return { sql: `(${ways.join(' OR ')})`, rank: rankOf(parts), params, terms: [...terms, ...whole] }
}

/**
 * Counts what is typed where it may be a whole personal value. While somebody types a name nothing is counted, unless
 * names or other texts are personal here: then each of them may be one.
 */
export async function countSearch(
  deps: Pick<ProfileDeps, 'database' | 'guesses'>,
  ctx: WorkspaceCtx,
  text: string,
): Promise<void> {
  if (sightOf(ctx) !== 'blind') return
  const typed = text.trim()
  if (typed.length < 2 || isPhoneTail(typed)) return
  const { settings, hasTexts } = await deps.database.read(ctx, async (tx) => ({
    settings: await loadIdentitySettings(tx, tx.workspace),
    hasTexts: await hasPersonalTexts(tx),
  }))
  const kind = ['email', 'phone'].find((one) => 'identifier' in normaliseIdentifier(settings, one, typed))
  if (kind !== undefined || hasTexts)
    await deps.guesses.ask(ctx, [{ kind: kind ?? 'text', value: typed, personal: true }])
}

/** Whether a search text has anything personal in it that is no mail address and no phone number. */
async function hasPersonalTexts(tx: Tx): Promise<boolean> {
  const { searchable, personal, contacts } = await loadMarks(tx, tx.workspace)
  const isText = (name: string) => personal.has(name) && !contacts.has(name)
  if ([...searchable, ...nameAttributes].some(isText)) return true
  const { kinds, otherKinds } = await loadIdentitySettings(tx, tx.workspace)
  return (await kindsInUse(tx)).some(
    (kind) =>
      kind !== 'email' &&
      kind !== 'phone' &&
      (Object.hasOwn(kinds, kind) ? kinds[kind] : otherKinds)?.class === 'contact',
  )
}

/** From one kind to the next, by the index: there are few, and many identifiers of each. */
async function kindsInUse(tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ kind: string }>(sql`
    with recursive used (kind) as (
      (select min(kind) from profiles.identifier where workspace_id = ${tx.workspace})
      union all
      select (select min(i.kind) from profiles.identifier i where i.workspace_id = ${tx.workspace} and i.kind > used.kind)
      from used where used.kind is not null)
    select kind from used where kind is not null`)
  return rows.map((row) => row.kind)
}

const openly = (parts: readonly string[], whole: readonly string[]) => [
  ...parts.map((part) => `position(search, ${part}) > 0`),
  ...whole.map((_, at) => `position(search, ${wholeAt(at)}) > 0`),
]
const wholeAt = (at: number) => `{search_whole:Array(String)}[${at + 1}]`

/** The text as it is first each time: cutting everybody's up takes ten times as long. */
function guarded(parts: readonly string[], whole: readonly string[], typed: string): string[] {
  const found = (part: string, so: string) => `(position(search, ${part}) > 0 AND ${so})`
  return [
    ...parts.map((part) => found(part, `(${isOpen(part)} OR ${isLine(part)})`)),
    ...whole.map((_, at) => found(wholeAt(at), isLine(wholeAt(at)))),
    ...(isPhoneTail(typed) ? [found('{search_0:String}', isTail('{search_0:String}'))] : []),
  ]
}

const isPhoneTail = (typed: string) => new RegExp(`^\\d{${shownTail}}$`).test(typed)

/** A whole line before the beginning of one, before the end of one (a phone), before anywhere in it. */
function rankOf(parts: readonly string[]): string {
  const lines = `concat('\\n', search, '\\n')`
  const is = (before: string, after: string) =>
    parts.map((part) => `position(${lines}, concat(${before}, ${part}, ${after})) > 0`).join(' OR ')
  return `multiIf(${is(`'\\n'`, `'\\n'`)}, 0, ${is(`'\\n'`, `''`)}, 1, ${is(`''`, `'\\n'`)}, 2, 3)`
}
