import { historyOfTag, type TagEntry as Row, tagHistoryOf, tagsHeldBy } from '#modules/profiles/index.ts'
import type { HeldTag, TagEntry } from '#modules/tags/contract.ts'
import { endOf, stamp } from '#modules/tags/server/present-tag.ts'
import type { TagDeps } from '#modules/tags/server/tag-deps.ts'
import { findTagsNamed, readTag } from '#modules/tags/server/tag-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'

type Page = { items: TagEntry[]; next: string | null }

/** A person's tags: since when, from whom, why, and when each comes off by itself. */
export async function tagsOfPerson(
  deps: TagDeps,
  ctx: WorkspaceCtx,
  id: string,
): Promise<{ items: HeldTag[] }> {
  const person = await deps.profiles.personNumber(ctx, id)
  return deps.database.read(ctx, async (tx) => {
    const held = await tagsHeldBy(tx, person)
    const names = held.map((row) => row.tag)
    const tags = new Map((await findTagsNamed(tx, names)).map((tag) => [tag.name, tag]))
    const items = held.map(
      (row): HeldTag => ({
        tag: row.tag,
        since: row.since.toISOString(),
        by: { kind: row.by_kind ?? 'member', name: row.by },
        why: row.why,
        until: stamp(endOf(tags.get(row.tag), row.since.getTime())),
      }),
    )
    return { items }
  })
}

export async function historyOfPerson(
  deps: TagDeps,
  ctx: WorkspaceCtx,
  id: string,
  query: PageQuery,
): Promise<Page> {
  const before = placeOf(query)
  const person = await deps.profiles.personNumber(ctx, id)
  const rows = await deps.database.read(ctx, (tx) =>
    tagHistoryOf(tx, person, { before, limit: query.limit + 1 }),
  )
  return pageOfRows(deps, ctx, rows, query.limit)
}

export async function historyOf(
  deps: TagDeps,
  ctx: WorkspaceCtx,
  id: string,
  query: PageQuery,
): Promise<Page> {
  const before = placeOf(query)
  const rows = await deps.database.read(ctx, async (tx) => {
    const { name } = await readTag(tx, id)
    return historyOfTag(tx, name, { before, limit: query.limit + 1 })
  })
  return pageOfRows(deps, ctx, rows, query.limit)
}

const placeOf = ({ cursor }: PageQuery) => {
  const key = decodeCursor(cursor, ['integer'])
  return key && Number(key[0])
}

/** Who is not the caller's to see is left out, so a page may be short. */
async function pageOfRows(
  deps: TagDeps,
  ctx: WorkspaceCtx,
  rows: readonly Row[],
  limit: number,
): Promise<Page> {
  const page = rows.slice(0, limit)
  const people = await deps.profiles.presentPeople(ctx, [...new Set(page.map((row) => row.person))])
  const shown = new Map(people.map((person) => [person.id, person]))
  const items = page.flatMap((row) => {
    const person = shown.get(deps.profiles.personIds.encode(ctx.workspace.num, row.person))
    return person ? [presentEntry(row, person)] : []
  })
  const last = page.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([last.seq]) : null }
}

const presentEntry = (row: Row, person: { id: string; name: string | null }): TagEntry => ({
  action: row.added ? 'added' : 'removed',
  tag: row.tag,
  time: row.at.toISOString(),
  by: { kind: row.by_kind, name: row.by },
  why: row.why,
  profileId: person.id,
  profileName: person.name,
})
