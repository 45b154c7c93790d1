import { sql } from 'kysely'
import type { CircleDeps } from '#modules/companies/server/circle-deps.ts'
import { changePeople, nothing } from '#modules/profiles/index.ts'
import type { EventHandler } from '#platform/jobs/subscriptions.ts'

const circlesPerBatch = 2000

/** When a member works in another department, so do their companies: whoever sees by department sees them there. */
export function circleDepartmentHandler(deps: CircleDeps): EventHandler {
  return {
    event: 'member.moved',
    name: 'companies-follow',
    maxAttempts: 16,
    handle: async (ctx, payload) => {
      const member = String(payload.member)
      for (let moved = 1; moved > 0; ) {
        ctx.signal?.throwIfAborted()
        moved = await changePeople(deps, ctx, {
          plan: async () => undefined,
          carryOut: async (tx) => ({
            result: await tx.run(sql`
              update companies.circle c set department = m.department_id, version = nextval('companies.version_seq')
              from read.member m
              where c.workspace_id = ${tx.workspace} and m.workspace_id = c.workspace_id and m.id = ${member} and c.num in (
                select o.num from companies.circle o
                join read.member w on w.workspace_id = o.workspace_id and w.id = o.owner
                where o.workspace_id = ${tx.workspace} and o.owner = ${member}
                  and o.department is distinct from w.department_id
                order by o.num limit ${circlesPerBatch})`),
            change: nothing(tx.workspace),
            shipments: [],
          }),
        })
      }
    },
  }
}
