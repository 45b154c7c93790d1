import type { Mask } from '#modules/profiles/index.ts'
import type { Rule } from '#modules/rules/contract.ts'
import { type Canonical, type Explanation, explain, listReferences, type Seen } from '#modules/rules/index.ts'
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
  const reads = circlesRead(rule, (id) => env.segments(id))
  const circles = reads.asked ? await deps.circles.ofPerson(ctx, person, [...reads.events]) : []
  const subject = await deps.profiles.evaluablePerson(ctx, person)
  const said = await deps.consents.ofPerson(ctx, person)
  const tree = explain(rule, { ...subject, ...said, circles, lists: on.map((one) => one.list) }, env)
  const mask = await deps.profiles.maskOfPerson(ctx, person)
  return { holds: tree.holds, tree: present(tree, mask), profile }
}

/** What a rule asks of companies and households, through other segments too. */
function circlesRead(rule: Rule, segments: (id: string) => Rule | undefined) {
  const seen = new Set<string>()
  const events = new Set<string>()
  let asked = false
  const visit = (one: Rule): void => {
    const found = listReferences(one)
    asked ||= found.circles.asked
    for (const event of found.circles.events) events.add(event)
    for (const id of found.segments) {
      const other = seen.has(id) ? undefined : segments(id)
      seen.add(id)
      if (other) visit(other)
    }
  }
  visit(rule)
  return { asked, events }
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
