import type { Mask } from '#modules/profiles/index.ts'
import type { Rule } from '#modules/rules/contract.ts'
import { type Canonical, type Explanation, explain, type Seen } from '#modules/rules/index.ts'
import type { ExplainNode, routes } from '#modules/segments/contract.ts'
import { unitsOnLists } from '#modules/segments/server/lists/list-rows.ts'
import { prepare } from '#modules/segments/server/preview-rule.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Output } from '#platform/http/define-routes.ts'

/** ✓ or ✗ at every condition for one person, with what was found there. */
export async function explainPerson(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  input: { rule: Rule; profileId: string },
): Promise<Output<typeof routes.explain>> {
  const { rule, env } = await prepare(deps, ctx, input.rule)
  const person = await deps.profiles.personNumber(ctx, input.profileId)
  const [profile] = await deps.profiles.presentPeople(ctx, [person])
  if (!profile) throw new AppError('profile.missing', 'missing', 'There is no such person.')
  const on = await unitsOnLists(deps, await deps.rules.of(ctx.workspace.num), ctx.workspace.num, [person])
  const facts = { ...(await deps.profiles.evaluablePerson(ctx, person)), lists: on.map((one) => one.list) }
  const tree = explain(rule, facts, env)
  const mask = await deps.profiles.maskOfPerson(ctx, person)
  return { holds: tree.holds, tree: present(tree, mask), profile }
}

function present({ path, holds, rule, seen, children }: Explanation, mask: Mask): ExplainNode {
  return {
    path,
    holds,
    ...(seen === null ? {} : { seen: masked(seen, rule, mask) }),
    ...(children.length === 0 ? {} : { children: children.map((child) => present(child, mask)) }),
  }
}

/** The value that was found, as the caller may see it. */
function masked(seen: NonNullable<Seen>, rule: Rule, mask: Mask): NonNullable<Seen> {
  if (mask.full || !('value' in seen)) return seen
  const name = 'attr' in rule ? rule.attr : 'event' in rule ? (rule.agg?.prop ?? '') : ''
  return { ...seen, value: mask.named(name, seen.value ?? null) as Canonical | null }
}
