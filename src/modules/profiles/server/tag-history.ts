import { type RawBuilder, sql } from 'kysely'
import type { ActorName } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'
import { type KeysetQuestion, keysetPage, msOf } from '#platform/pg/keyset.ts'

/** Who changes tags, when and why; kept with every change. */
export type TagTrace = {
  by: string
  /** The program itself, unless said. */
  kind?: ActorName['kind']
  at: number
  why?: string | null
  /** Work that can be undone as a whole. */
  batch?: string | null
}

/** Notes the rows (unit, tag) of `changed`, which the statement before it names, as put on or taken off. */
export const noteTags = (tx: Tx, trace: TagTrace, added: boolean): RawBuilder<unknown> => sql`
  insert into profiles.tag_history (workspace_id, unit, tag, added, at, by, by_kind, why, batch)
  select ${tx.workspace}::int, unit, tag, ${added}::boolean, ${new Date(trace.at)}::timestamptz, ${trace.by}::text,
    ${trace.kind ?? 'system'}::text, ${trace.why ?? null}::text, ${trace.batch ?? null}::text
  from changed`

export type TagEntry = {
  seq: number
  person: number
  tag: string
  added: boolean
  at: Date
  by: string
  by_kind: ActorName['kind']
  why: string | null
}

type Page = { before: number | undefined; limit: number }
const entry = sql`h.seq, i.person, h.tag, h.added, h.at, h.by, h.by_kind, h.why`

/** What happened to the tags of a person, newest first; before a place, when one is given. */
export const tagHistoryOf = (tx: Tx, person: number, page: Page): Promise<TagEntry[]> =>
  tx.rows<TagEntry>(sql`
    select ${entry} from profiles.tag_history h join profiles.identifier i on i.unit = h.unit and i.workspace_id = h.workspace_id
    where h.workspace_id = ${tx.workspace} and i.person = ${person} ${beforePlace(page)}
    order by h.seq desc limit ${page.limit}`)

type Told = Pick<TagEntry, 'tag' | 'added' | 'by' | 'by_kind' | 'why'> & { ms: number; key: string }

/** The same as a page of the order of timelines; `search` is part of a tag, a name or a reason, in any case. */
export const tagEntriesOf = (
  tx: Tx,
  person: number,
  question: KeysetQuestion & { search: string | undefined },
): Promise<Told[]> =>
  tx.rows<Told>(
    keysetPage(
      sql`
        select ${msOf(sql`h.at`)} as ms, 'tag:' || lpad(h.seq::text, 16, '0') as key, h.tag, h.added, h.by, h.by_kind, h.why
        from profiles.tag_history h join profiles.identifier i on i.unit = h.unit and i.workspace_id = h.workspace_id
        where h.workspace_id = ${tx.workspace} and i.person = ${person}
          and ${
            question.search === undefined
              ? sql`true`
              : sql`position(${question.search.toLowerCase()}::text in lower(concat_ws(' ', h.tag, h.by, h.why))) > 0`
          }`,
      question,
    ),
  )

/** To whom a tag was given and from whom it was taken, newest first. */
export const historyOfTag = (tx: Tx, tag: string, page: Page): Promise<TagEntry[]> =>
  tx.rows<TagEntry>(sql`
    select ${entry} from profiles.tag_history h join profiles.identifier i on i.unit = h.unit and i.workspace_id = h.workspace_id
    where h.workspace_id = ${tx.workspace} and h.tag = ${tag} ${beforePlace(page)}
    order by h.seq desc limit ${page.limit}`)

const beforePlace = ({ before }: Page) => (before === undefined ? sql`` : sql`and h.seq < ${before}::bigint`)

export type HeldTag = {
  tag: string
  since: Date
  by: string
  by_kind: ActorName['kind'] | null
  why: string | null
}

/** The tags at a person's own identifiers: since when, from whom, why. The earliest of several counts. */
export const tagsHeldBy = (tx: Tx, person: number): Promise<HeldTag[]> =>
  tx.rows<HeldTag>(sql`
    select distinct on (u.tag) u.tag, u.added_at as since, u.added_by as by, h.by_kind, h.why
    from profiles.identifier i join profiles.unit_tag u on u.unit = i.unit and u.workspace_id = i.workspace_id
    left join lateral (
      select g.by_kind, g.why from profiles.tag_history g
      where g.workspace_id = u.workspace_id and g.unit = u.unit and g.tag = u.tag and g.added order by g.seq desc limit 1) h on true
    where i.workspace_id = ${tx.workspace} and i.person = ${person}
    order by u.tag, u.added_at, u.unit`)

/** When each tag was last given to somebody; none for those that never were. */
export async function lastTagged(tx: Tx, tags: readonly string[]): Promise<Map<string, Date>> {
  const rows = await tx.rows<{ tag: string; at: Date | null }>(sql`
    select t.tag, (
      select h.at from profiles.tag_history h where h.workspace_id = ${tx.workspace} and h.tag = t.tag and h.added
      order by h.seq desc limit 1) as at
    from unnest(${tags}::text[]) as t (tag)`)
  return new Map(rows.flatMap(({ tag, at }) => (at ? [[tag, at] as const] : [])))
}

/** When the tag was given to whoever has had it longest, by `workspace tag`. Any transaction will do. */
export async function oldestTagged(
  tx: Tx,
  tags: readonly { workspace: number; tag: string }[],
): Promise<Map<string, number>> {
  const rows = await tx.rows<{ workspace: number; tag: string; at: Date | null }>(sql`
    select t.workspace, t.tag, (
      select min(u.added_at) from profiles.unit_tag u where u.workspace_id = t.workspace and u.tag = t.tag) as at
    from unnest(${tags.map((one) => one.workspace)}::int[], ${tags.map((one) => one.tag)}::text[]) as t (workspace, tag)`)
  return new Map(
    rows.flatMap(({ workspace, tag, at }) => (at ? [[`${workspace} ${tag}`, at.getTime()] as const] : [])),
  )
}

/** Gives up to `limit` entries the tag's new name; answers how many, 0 when done. */
export const renameTagHistory = (tx: Tx, from: string, to: string, limit: number): Promise<number> =>
  tx.run(sql`
    update profiles.tag_history set tag = ${to} where workspace_id = ${tx.workspace} and seq in (
      select seq from profiles.tag_history where workspace_id = ${tx.workspace} and tag = ${from} order by seq limit ${limit})`)
