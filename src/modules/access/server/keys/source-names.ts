import { sql } from 'kysely'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { SourceTeller, ToldSource } from '#slots/source-teller.ts'

/** In place of a source, for values set by a member. */
export const handSource = 'hand'
/** In place of a source, for values set through the API. */
export const sourceOfKey = (keyId: string): string => `key:${keyId}`

/** Asks for the names of sources by their ids; one that nobody knows is called by its id. */
export type SourceNames = (
  tx: Tx,
  ctx: WorkspaceCtx,
  ids: Iterable<string>,
) => Promise<(id: string) => ToldSource>

/** Write keys, API keys and people; and what the others tell, who may be added until the first question. */
export function createSourceNames(tellers: readonly SourceTeller[]): SourceNames {
  return async (tx, ctx, ids) => {
    const asked = [...new Set(ids)]
    const told = new Map<string, ToldSource>()
    if (asked.length > 0)
      for (const { tell } of [keyTeller, ...tellers])
        for (const [id, source] of await tell(tx, ctx, asked)) told.set(id, source)
    return (id) => told.get(id) ?? { kind: 'source', name: id, href: null }
  }
}

type Row = { id: string; name: string; kind: 'source' | 'api_key' }
const pages = { source: '/settings/write-keys', api_key: '/settings/api-keys' } as const

const keyTeller: SourceTeller = {
  name: 'keys',
  tell: async (tx, ctx, ids) => {
    const rows = await tx.rows<Row>(sql`
      select id, name, 'source' as kind from access.write_key
      where workspace_id = ${tx.workspace} and id = any(${[...ids]}::text[])
      union all
      select 'key:' || id, name, 'api_key' from access.api_key
      where workspace_id = ${tx.workspace} and id = any(${ids.flatMap(keyIn)}::text[])`)
    const mayOpen = ctx.permissions.has('key:read')
    const found = rows.map(
      ({ id, name, kind }) => [id, { kind, name, href: mayOpen ? pages[kind] : null }] as const,
    )
    const hand = ids.filter((id) => id === handSource).map((id) => [id, byHand] as const)
    return new Map<string, ToldSource>([...found, ...hand])
  },
}

const byHand: ToldSource = { kind: 'hand', name: '', href: null }
const keyIn = (id: string): string[] => (id.startsWith('key:') ? [id.slice(4)] : [])
