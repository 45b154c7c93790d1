import type { ContentDeps } from '#modules/content/server/content-deps.ts'
import { spellingsOf } from '#modules/content/server/preview/person-values.ts'
import { compileDraft } from '#modules/content/server/templates/compile-draft.ts'
import { readDrafts, requireTemplate } from '#modules/content/server/templates/template-store.ts'
import type { Rule } from '#modules/rules/contract.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** Nobody lacks these. */
const always = new Set(['id', 'tags'])

/**
 * Of everybody the audience has, not of a sample: how many lack each value, one set question for each. `rule` is what an
 * analyst would write to see them.
 */
export async function missingValues(
  deps: ContentDeps,
  ctx: WorkspaceCtx,
  id: string,
  audience: Record<string, unknown> | undefined,
) {
  const { row, drafts } = await deps.database.read(ctx, async (tx) => ({
    row: await requireTemplate(tx, id),
    drafts: await readDrafts(tx, id),
  }))
  const { needs } = await compileDraft(deps, ctx, row, drafts)
  const among = audience === undefined ? [] : [audience]
  const people = await deps.profiles.forExport.count(
    ctx,
    audience === undefined ? {} : { rule: audience as Rule },
  )
  const asked = needs.filter(
    ({ path, optional }) => path.startsWith('person.') && !optional && !always.has(path.slice(7)),
  )
  const values = await Promise.all(
    asked.map(async ({ path, fallback }) => {
      const lacks = spellingsOf(path.slice(7)).map((attr) => ({ attr, op: 'not_exists' }))
      const rule = { all: [...among, ...lacks] }
      return {
        path,
        fallback,
        lacking: await deps.profiles.forExport.count(ctx, { rule: rule as Rule }),
        rule,
      }
    }),
  )
  return { people, values: values.toSorted((a, b) => b.lacking - a.lacking) }
}
