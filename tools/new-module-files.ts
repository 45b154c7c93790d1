export type Names = { module: string; Module: string; one: string; One: string; prefix: string }

/** Files of a new module by path, shaped like the smallest real one (tags). */
export function filesOf(names: Names, stamp: string): Record<string, string> {
  const { module, one } = names
  return {
    'README.md': readme(names),
    'contract.ts': contract(names),
    'index.ts': index(names),
    [`server/${one}-deps.ts`]: deps(names),
    [`server/${one}-store.ts`]: store(names),
    [`server/list-${module}.ts`]: list(names),
    [`server/change-${module}.ts`]: change(names),
    [`server/${module}.test.ts`]: test(names),
    [`server/migrations/${stamp}-${module}.sql`]: migration(names),
  }
}

const readme = ({ module, one }: Names) => `# ${module}

What a ${one} is, in a sentence a new colleague understands.

**Owns** Postgres schema \`${module}\`. **Publishes** routes under \`/api/${module}\` and the functions in \`index.ts\`.
**Must never** be written from another module.
`

const contract = ({ module, one, One }: Names) => `import { z } from 'zod'
import { defineRoutes, PageQuery, pageOf, Timestamp } from '#platform/http/define-routes.ts'

export const ${One} = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: Timestamp,
})
export type ${One} = z.infer<typeof ${One}>

const Name = z.string().trim().min(1).max(120)
const One${One} = z.object({ id: z.string().min(1).max(64) })

export const routes = defineRoutes({
  list: {
    get: '/api/${module}',
    access: '${one}:read',
    summary: 'All ${module}, newest first',
    query: PageQuery,
    returns: pageOf(${One}),
  },
  create: {
    post: '/api/${module}',
    access: '${one}:write',
    summary: 'Create a ${one}',
    body: z.object({ name: Name }),
    returns: ${One},
    status: 201,
    fails: ['${one}.name_taken'],
  },
  remove: {
    delete: '/api/${module}/:id',
    access: '${one}:write',
    summary: 'Delete a ${one}',
    params: One${One},
    returns: z.void(),
    fails: ['${one}.missing'],
  },
})
`

const index = ({
  module,
  Module,
  one,
  One,
}: Names) => `import { routes } from '#modules/${module}/contract.ts'
import { create${One}, remove${One} } from '#modules/${module}/server/change-${module}.ts'
import { list${Module} } from '#modules/${module}/server/list-${module}.ts'
import type { ${One}Deps } from '#modules/${module}/server/${one}-deps.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'

export type ${Module} = { routes: ServedRoute[] }

/** The module, opened once by the composition root. */
export function open${Module}(deps: ${One}Deps): ${Module} {
  return {
    routes: implement(routes, {
      list: ({ ctx, query }) => list${Module}(deps, ctx, query),
      create: ({ ctx, body }) => create${One}(deps, ctx, body.name),
      remove: ({ ctx, params }) => remove${One}(deps, ctx, params.id),
    }),
  }
}
`

const deps = ({ One }: Names) => `import type { Access } from '#modules/access/index.ts'
import type { Database } from '#platform/pg/database.ts'

export type ${One}Deps = { database: Database; audit: Access['audit'] }
`

const store = ({ module, one, One, prefix }: Names) => `import { sql } from 'kysely'
import type { ${One} } from '#modules/${module}/contract.ts'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { type Tx, violates } from '#platform/pg/database.ts'

export type ${One}Row = { id: string; name: string; created_at: Date }
export type Position = { time: string; id: string }

/** Newest first, after a position. */
export const read${One}Rows = (tx: Tx, limit: number, after: Position | undefined): Promise<${One}Row[]> =>
  tx.rows<${One}Row>(sql\`
    select id, name, created_at from ${module}.${one} where workspace_id = \${tx.workspace}
      and (\${after === undefined} or (created_at, id) < (\${after?.time ?? null}::timestamptz, \${after?.id ?? null}))
    order by created_at desc, id desc limit \${limit}\`)

export async function insert${One}(tx: Tx, name: string, now: number): Promise<${One}Row> {
  const row = { id: newId('${prefix}'), name, created_at: new Date(now) }
  try {
    await tx.run(sql\`insert into ${module}.${one} (workspace_id, id, name, created_at)
      values (\${tx.workspace}, \${row.id}, \${row.name}, \${row.created_at})\`)
  } catch (error) {
    if (!violates(error, '${one}_name')) throw error
    throw new AppError('${one}.name_taken', 'conflict', 'There is a ${one} of this name.')
  }
  return row
}

export async function delete${One}(tx: Tx, id: string): Promise<void> {
  const gone = await tx.run(sql\`delete from ${module}.${one} where workspace_id = \${tx.workspace} and id = \${id}\`)
  if (gone === 0) throw new AppError('${one}.missing', 'missing', 'There is no such ${one}.')
}

export const present${One} = (row: ${One}Row): ${One} => ({
  id: row.id,
  name: row.name,
  createdAt: row.created_at.toISOString(),
})
`

const list = ({
  module,
  Module,
  one,
  One,
}: Names) => `import type { ${One} } from '#modules/${module}/contract.ts'
import type { ${One}Deps } from '#modules/${module}/server/${one}-deps.ts'
import { type Position, present${One}, read${One}Rows } from '#modules/${module}/server/${one}-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'

/** A page of ${module}, newest first. */
export async function list${Module}(
  deps: ${One}Deps,
  ctx: WorkspaceCtx,
  { limit, cursor }: PageQuery,
): Promise<{ items: ${One}[]; next: string | null }> {
  const after = positionOf(cursor)
  const rows = await deps.database.read(ctx, (tx) => read${One}Rows(tx, limit + 1, after))
  const items = rows.slice(0, limit).map(present${One})
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([last.createdAt, last.id]) : null }
}

function positionOf(cursor: string | undefined): Position | undefined {
  const key = decodeCursor(cursor, ['time', 'text'])
  return key && { time: String(key[0]), id: String(key[1]) }
}
`

const change = ({ module, one, One }: Names) => `import type { ${One} } from '#modules/${module}/contract.ts'
import type { ${One}Deps } from '#modules/${module}/server/${one}-deps.ts'
import { delete${One}, insert${One}, present${One} } from '#modules/${module}/server/${one}-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

export function create${One}(deps: ${One}Deps, ctx: WorkspaceCtx, name: string): Promise<${One}> {
  return deps.database.write(ctx, async (tx) => {
    const row = await insert${One}(tx, name, ctx.now)
    await deps.audit(tx, ctx, { action: '${one}.created', subject: row.id, details: { name } })
    return present${One}(row)
  })
}

export function remove${One}(deps: ${One}Deps, ctx: WorkspaceCtx, id: string): Promise<void> {
  return deps.database.write(ctx, async (tx) => {
    await delete${One}(tx, id)
    await deps.audit(tx, ctx, { action: '${one}.deleted', subject: id, details: {} })
  })
}
`

const test = ({ module, one, One }: Names) => `import { beforeAll, expect, test } from 'vitest'
import type { ${One} } from '#modules/${module}/contract.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

type List = { items: ${One}[]; next: string | null }
const create = (ws: TestWorkspace, name: string) =>
  ws.call<${One} & { code?: string }>('POST', '/api/${module}', { name })
const list = async (ws: TestWorkspace, query = '') =>
  (await ws.call<List>('GET', \`/api/${module}\${query}\`)).body

test('a ${one} is made, listed by pages, and deleted once', async () => {
  const ws = await app.workspace()
  const names = ['first', 'second', 'third']
  for (const name of names) expect((await create(ws, name)).status).toBe(201)
  const page = await list(ws, '?limit=2')
  const rest = await list(ws, \`?limit=2&cursor=\${page.next}\`)
  expect([...page.items, ...rest.items].map((one) => one.name)).toEqual(names.toReversed())
  expect(rest.next).toBeNull()
  const id = page.items[0]?.id
  expect((await ws.call('DELETE', \`/api/${module}/\${id}\`)).status).toBe(204)
  expect((await ws.call('DELETE', \`/api/${module}/\${id}\`)).status).toBe(404)
})

test('a name is taken within its workspace only', async () => {
  const [mine, other] = [await app.workspace(), await app.workspace()]
  expect((await create(mine, 'same')).status).toBe(201)
  expect((await create(mine, 'same')).body.code).toBe('${one}.name_taken')
  expect((await create(other, 'same')).status).toBe(201)
  expect((await list(mine)).items).toHaveLength(1)
})
`

const migration = ({ module, one }: Names) => `create schema ${module};
grant usage on schema ${module} to headwater_app, headwater_system;

create table ${module}.${one} (
  workspace_id int not null references platform.workspace,
  id text not null,
  name text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  constraint ${one}_name unique (workspace_id, name)
);
create index ${one}_newest on ${module}.${one} (workspace_id, created_at desc, id desc);
select platform.wall('${module}.${one}');
`
