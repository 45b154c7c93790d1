import { sql } from 'kysely'
import type { WebhooksDeps } from '#modules/webhooks/server/webhooks-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

type Body = { data: { people: { id: string; merged?: string[] }[] } }

/** Takes the ids of somebody who was erased out of all messages; what names nobody else goes altogether. */
export function forgetPerson(
  deps: Pick<WebhooksDeps, 'database'>,
  ctx: Pick<WorkspaceCtx, 'workspace'>,
  marks: readonly string[],
): Promise<void> {
  return deps.database.write(ctx, async (tx) => {
    const rows = await tx.rows<{ id: string; body: string }>(sql`
      select id, body from webhooks.message m where workspace_id = ${tx.workspace}
        and exists (select from unnest(${marks}::text[]) k where position(k in m.body) > 0)`)
    for (const { id, body } of rows) await rewrite(tx, id, without(JSON.parse(body) as Body, new Set(marks)))
    await tx.run(sql`update webhooks.attempt a set answer = '' where workspace_id = ${tx.workspace} and answer <> ''
      and (message_id = any(${rows.map((row) => row.id)}::text[])
        or exists (select from unnest(${marks}::text[]) k where position(k in a.answer) > 0))`)
  })
}

function without(body: Body, gone: ReadonlySet<string>): Body {
  const people = body.data.people
    .filter((person) => !gone.has(person.id))
    .map((person) =>
      person.merged ? { ...person, merged: person.merged.filter((id) => !gone.has(id)) } : person,
    )
  return { ...body, data: { ...body.data, people } }
}

const rewrite = (tx: Tx, id: string, body: Body): Promise<number> =>
  body.data.people.length === 0
    ? tx.run(sql`delete from webhooks.message where workspace_id = ${tx.workspace} and id = ${id}`)
    : tx.run(sql`update webhooks.message set body = ${JSON.stringify(body)}, people = ${body.data.people.length}
        where workspace_id = ${tx.workspace} and id = ${id}`)
