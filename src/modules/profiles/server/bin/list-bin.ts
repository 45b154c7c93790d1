import { isInScope } from '#modules/access/index.ts'
import type { BinEntry, BinQuery } from '#modules/profiles/contract.ts'
import { type BinRow, binMs, readBin } from '#modules/profiles/server/bin/trash-store.ts'
import { presentPeople } from '#modules/profiles/server/present-people.ts'
import type { ReadDeps } from '#modules/profiles/server/profile-deps.ts'
import { readPeople } from '#modules/profiles/server/rebuild-people.ts'
import { sayActor, type WorkspaceCtx } from '#platform/context.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'

/** Who is in the bin, the last put there first; of people the caller would see. */
export async function listBin(deps: ReadDeps, ctx: WorkspaceCtx, query: BinQuery) {
  const { cursor, limit } = query
  const key = decodeCursor(cursor, ['time', 'integer'])
  let after = key && ([String(key[0]), Number(key[1])] as const)
  const isNarrowed = query.search !== undefined || query.active !== undefined
  const chunk = isNarrowed ? Math.max(limit, narrowedChunk) : limit
  const found: Found[] = []
  // A narrow scope or search may show few of many: read on until the page is full.
  for (let more = true; more && found.length <= limit; ) {
    const rows = await deps.database.read(ctx, (tx) => readBin(tx, { after, limit: chunk + 1 }))
    const seen = await present(deps, ctx, await inScope(deps, ctx, rows))
    found.push(...seen.filter(({ entry }) => isMeant(entry, query)))
    const last = rows.at(-1)
    more = rows.length > chunk && last !== undefined
    if (last) after = [last.at.toISOString(), last.person]
  }
  const page = found.slice(0, limit)
  const last = page.at(-1)?.row
  return {
    items: page.map(({ entry }) => entry),
    next: found.length > limit && last ? encodeCursor([last.at.toISOString(), last.person]) : null,
  }
}

// Names in the bin are in no index: a search looks at what is shown, so that nobody finds by what they may not see.
const narrowedChunk = 500

type Found = { row: BinRow; entry: BinEntry }

function isMeant({ person, by, why, activeSince }: BinEntry, { search, active }: BinQuery): boolean {
  if (active && !activeSince) return false
  if (!search) return true
  const wanted = search.toLowerCase()
  const texts = [person.name, by, why, ...person.identifiers.map((one) => one.value)]
  return texts.some((text) => text?.toLowerCase().includes(wanted))
}

/** Whoever lies in the bin is in no row of ClickHouse: the scope is asked of what Postgres knows. */
export async function inScope<T extends { person: number }>(
  deps: Pick<ReadDeps, 'database'>,
  ctx: WorkspaceCtx,
  rows: readonly T[],
): Promise<T[]> {
  if (ctx.scope.all || rows.length === 0) return [...rows]
  const persons = rows.map((row) => row.person)
  const facts = await deps.database.read(ctx, (tx) =>
    readPeople(tx, tx.workspace, persons, { inBinToo: true }),
  )
  return rows.filter(({ person }) => {
    const owner = facts.get(person)?.owner
    return isInScope(ctx.scope, { owner: owner?.id ?? null, department: owner?.department ?? null })
  })
}

async function present(deps: ReadDeps, ctx: WorkspaceCtx, rows: readonly BinRow[]): Promise<Found[]> {
  const people = await presentPeople(
    deps,
    ctx,
    rows.map((row) => row.person),
    { inBinToo: true },
  )
  const byId = new Map(people.map((one) => [one.id, one]))
  return rows.flatMap((row) => {
    const person = byId.get(deps.personIds.encode(ctx.workspace.num, row.person))
    if (!person) return []
    const at = row.at.getTime()
    const activeSince = person.lastSeen !== null && Date.parse(person.lastSeen) > at
    const entry = {
      person,
      trashedAt: row.at.toISOString(),
      by: sayActor({ kind: row.by_kind, name: row.by }, ctx.language),
      why: row.why,
      activeSince,
      erasedAt: new Date(at + binMs).toISOString(),
    }
    return [{ row, entry }]
  })
}
