import { isInScope } from '#modules/access/index.ts'
import type { BinEntry } from '#modules/profiles/contract.ts'
import { type BinRow, binMs, readBin } from '#modules/profiles/server/bin/trash-store.ts'
import { presentPeople } from '#modules/profiles/server/present-people.ts'
import type { ReadDeps } from '#modules/profiles/server/profile-deps.ts'
import { readPeople } from '#modules/profiles/server/rebuild-people.ts'
import { sayActor, type WorkspaceCtx } from '#platform/context.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'

/** Who is in the bin, the last put there first; of people the caller would see. */
export async function listBin(deps: ReadDeps, ctx: WorkspaceCtx, { cursor, limit }: PageQuery) {
  const key = decodeCursor(cursor, ['time', 'integer'])
  let after = key && ([String(key[0]), Number(key[1])] as const)
  const found: BinRow[] = []
  // A narrow scope may see few of many: read on until the page is full.
  for (let more = true; more && found.length <= limit; ) {
    const rows = await deps.database.read(ctx, (tx) => readBin(tx, { after, limit: limit + 1 }))
    found.push(...(await inScope(deps, ctx, rows)))
    const last = rows.at(-1)
    more = rows.length > limit && last !== undefined
    if (last) after = [last.at.toISOString(), last.person]
  }
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    items: await present(deps, ctx, page),
    next: found.length > limit && last ? encodeCursor([last.at.toISOString(), last.person]) : null,
  }
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

async function present(deps: ReadDeps, ctx: WorkspaceCtx, rows: readonly BinRow[]): Promise<BinEntry[]> {
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
    return [
      {
        person,
        trashedAt: row.at.toISOString(),
        by: sayActor({ kind: row.by_kind, name: row.by }, ctx.language),
        why: row.why,
        activeSince,
        erasedAt: new Date(at + binMs).toISOString(),
      },
    ]
  })
}
