import type { Audit, PersonTag, Profiles } from '#modules/profiles/index.ts'
import { routes } from '#modules/tags/contract.ts'
import { assignToMany } from '#modules/tags/server/assign-to-many.ts'
import { assignToPerson } from '#modules/tags/server/assign-to-person.ts'
import { createTag, moveTag, removeTag } from '#modules/tags/server/change-tags.ts'
import { listTags } from '#modules/tags/server/list-tags.ts'
import { type Tagging, tagPeople } from '#modules/tags/server/tag-people.ts'
import { loadTagTree } from '#modules/tags/server/tag-tree.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'
import type { Database, Tx } from '#platform/pg/database.ts'
import type { PeopleWriter } from '#slots/people-writer.ts'

export type TagsOptions = {
  database: Database
  ch: ClickHouse
  profiles: Profiles
  writer: PeopleWriter
  audit: Audit
}

export type Tags = {
  routes: ServedRoute[]
  /** Adds tags to people by number, for work that goes through many; answers what was new to whom. */
  tagPeople(ctx: WorkspaceCtx, tagging: Tagging): Promise<PersonTag[]>
  /** For the environment of rules: the names of all tags below a tag, itself left out. Any transaction will do. */
  tagDescendants(tx: Tx, workspace: number): Promise<(tag: string) => readonly string[]>
}

/** The module, opened once by the composition root. */
export function openTags(deps: TagsOptions): Tags {
  return {
    routes: implement(routes, {
      assign: ({ ctx, params, body }) => assignToPerson(deps, ctx, params.id, body),
      assignMany: ({ ctx, body }) => assignToMany(deps, ctx, body.items),
      list: ({ ctx }) => listTags(deps, ctx),
      create: ({ ctx, body }) => createTag(deps, ctx, body),
      move: ({ ctx, params, body }) => moveTag(deps, ctx, params.id, body),
      remove: ({ ctx, params }) => removeTag(deps, ctx, params.id),
    }),
    tagPeople: (ctx, tagging) => tagPeople(deps, ctx, tagging),
    tagDescendants: async (tx, workspace) => {
      const tree = await loadTagTree(tx, workspace)
      return (tag) => tree.below(tag).filter((name) => name !== tag)
    },
  }
}
