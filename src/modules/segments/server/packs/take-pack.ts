import { isDeepStrictEqual } from 'node:util'
import type { Rule } from '#modules/rules/contract.ts'
import { listReferences, parseRule } from '#modules/rules/index.ts'
import type { PackReport, PackSegment, TakePack } from '#modules/segments/contract.ts'
import { changeList } from '#modules/segments/server/lists/change-list.ts'
import type { Upkeep } from '#modules/segments/server/membership/keep-current.ts'
import { mapNames } from '#modules/segments/server/packs/map-names.ts'
import { createSegment } from '#modules/segments/server/save-segment.ts'
import { liveNames } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

type Plan = {
  segment: PackSegment
  rule: Rule | undefined
  name: string
  outcome: Line['outcome']
  id: string | null
}
type Line = PackReport['segments'][number]
type Here = { id: string; name: string; kind: 'rule' | 'list'; rule: Rule }

/** What taking a pack in would make. */
export async function checkPack(deps: SegmentsDeps, ctx: WorkspaceCtx, given: TakePack): Promise<PackReport> {
  const ordered = inOrder(given)
  const here = await whatIsHere(deps, ctx)
  const ids = new Map<string, string>()
  const lines = ordered.map((segment) => {
    const plan = planOf(segment, here, ids, given)
    // Not made yet: what stands on it is new as well.
    ids.set(segment.key, plan.id ?? `new ${segment.key}`)
    here.push({
      id: plan.id ?? `new ${segment.key}`,
      name: plan.name,
      kind: segment.kind,
      rule: plan.rule ?? { all: [] },
    })
    return lineOf(plan)
  })
  return { segments: lines, missing: await whatIsMissing(deps, ctx, given) }
}

/** Makes what is not here. Taken in again, everything is `same`. */
export async function takePack(
  deps: SegmentsDeps,
  upkeep: Upkeep,
  ctx: WorkspaceCtx,
  given: TakePack,
): Promise<PackReport> {
  const ordered = inOrder(given)
  await makeNames(deps, ctx, given)
  const ids = new Map<string, string>()
  const lines: Line[] = []
  for (const segment of ordered) {
    const plan = planOf(segment, await whatIsHere(deps, ctx), ids, given)
    const id = plan.id ?? (await make(deps, ctx, plan))
    ids.set(segment.key, id)
    await putMembers(deps, upkeep, ctx, id, segment)
    lines.push(lineOf({ ...plan, id }))
  }
  return { segments: lines, missing: await whatIsMissing(deps, ctx, given) }
}

const lineOf = ({ segment, name, outcome, id }: Plan): Line => ({
  key: segment.key,
  name,
  outcome,
  id,
  members: segment.members?.identifiers.length ?? 0,
})

/** Each after what its rule names. */
function inOrder({ pack }: TakePack): PackSegment[] {
  const byKey = new Map(pack.segments.map((segment) => [segment.key, segment]))
  const done = new Set<string>()
  const open = new Set<string>()
  const ordered: PackSegment[] = []
  const visit = (segment: PackSegment): void => {
    if (done.has(segment.key)) return
    open.add(segment.key)
    for (const base of segment.rule === undefined ? [] : listReferences(parseRule(segment.rule)).segments) {
      const known = byKey.get(base)
      if (!known || open.has(base))
        throw new AppError(
          'pack.bad_reference',
          'invalid',
          `“${segment.name}” names a segment that the pack does not hold, or itself in a circle.`,
          { details: { segment: segment.key, names: base } },
        )
      visit(known)
    }
    open.delete(segment.key)
    done.add(segment.key)
    ordered.push(segment)
  }
  for (const segment of pack.segments) visit(segment)
  return ordered
}

async function whatIsHere(deps: SegmentsDeps, ctx: WorkspaceCtx): Promise<Here[]> {
  const { segments } = await deps.rules.of(ctx.workspace.num)
  const names = await deps.database.read(ctx, liveNames)
  return names.flatMap(({ id, name }) => {
    const known = segments.get(id)
    return known ? [{ id, name, kind: known.kind, rule: known.rule }] : []
  })
}

function planOf(
  segment: PackSegment,
  here: readonly Here[],
  ids: ReadonlyMap<string, string>,
  { map }: TakePack,
): Plan {
  const rule = segment.rule === undefined ? undefined : mapNames(segment.rule, { ...map, segments: ids })
  const names = new Map(here.map((one) => [one.name.toLowerCase(), one]))
  for (let number = 1; ; number++) {
    const ending = number === 1 ? '' : ` ${number}`
    const name = `${segment.name.slice(0, 120 - ending.length)}${ending}`
    const known = names.get(name.toLowerCase())
    if (known === undefined)
      return { segment, rule, name, outcome: number === 1 ? 'new' : 'renamed', id: null }
    const isSame =
      known.kind === segment.kind && (known.kind === 'list' || isDeepStrictEqual(known.rule, rule))
    if (isSame) return { segment, rule, name: known.name, outcome: 'same', id: known.id }
  }
}

async function make(deps: SegmentsDeps, ctx: WorkspaceCtx, { segment, rule, name }: Plan): Promise<string> {
  const { kind, description } = segment
  const made = await createSegment(deps, ctx, {
    name,
    description,
    kind,
    ...(kind === 'list' ? {} : { rule }),
  })
  return made.id
}

/** People are put on as by identifier; of hashes, those whose identifiers are known here. */
async function putMembers(
  deps: SegmentsDeps,
  upkeep: Upkeep,
  ctx: WorkspaceCtx,
  list: string,
  { kind, members }: PackSegment,
): Promise<void> {
  if (kind !== 'list' || !members) return
  // Of hashes nobody can say how the values look, so few may be asked for.
  if (members.form === 'sha256') await deps.profiles.guesses.ask(ctx, asGuesses(members.identifiers))
  const identifiers =
    members.form === 'plain'
      ? members.identifiers
      : await deps.database.read(ctx, (tx) => deps.profiles.identifiersByHash(tx, members.identifiers))
  for (let at = 0; at < identifiers.length; at += 10_000)
    await changeList(deps, upkeep, ctx, list, 'add', { identifiers: identifiers.slice(at, at + 10_000) })
}

const asGuesses = (identifiers: readonly { kind: string; value: string }[]) =>
  identifiers.map((id) => ({ ...id, personal: true }))

/** Tags and attributes that are missing, as far as the caller may make them; parents first, as the pack has them. */
async function makeNames(deps: SegmentsDeps, ctx: WorkspaceCtx, given: TakePack): Promise<void> {
  const missing = await whatIsMissing(deps, ctx, given)
  const { tags, attributes } = given.pack
  if (ctx.permissions.has('tag:write'))
    for (const { name, parent } of tags)
      if (missing.tags.includes(name)) {
        const above = parent === null ? null : (given.map.tags[parent] ?? parent)
        await deps.tags.createTag(ctx, { name, parent: above })
      }
  if (ctx.permissions.has('attribute:write'))
    for (const { name, type, label } of attributes)
      if (missing.attributes.includes(name)) await deps.profiles.declareAttribute(ctx, { name, type, label })
}

async function whatIsMissing(deps: SegmentsDeps, ctx: WorkspaceCtx, { pack, map }: TakePack) {
  const here = (names: Readonly<Record<string, string>>, name: string) => names[name] ?? name
  const { tags, attributes } = await deps.database.read(ctx, async (tx) => ({
    tags: await deps.tags.tagParents(tx),
    attributes: new Set((await deps.profiles.attributesOf(tx)).map((one) => one.name)),
  }))
  const events = new Set(
    await eventsHere(
      deps,
      ctx,
      pack.events.map((name) => here(map.events, name)),
    ),
  )
  return {
    tags: pack.tags.map((one) => one.name).filter((name) => !tags.has(here(map.tags, name))),
    attributes: pack.attributes
      .map((one) => one.name)
      .filter((name) => !attributes.has(here(map.attributes, name))),
    events: pack.events.filter((name) => !events.has(here(map.events, name))),
  }
}

async function eventsHere(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  names: readonly string[],
): Promise<string[]> {
  if (names.length === 0) return []
  const rows = await deps.ch.query<{ event: string }>(
    'SELECT DISTINCT event FROM events WHERE ws = {ws:UInt32} AND event IN {names:Array(String)}',
    { ws: ctx.workspace.num, names: [...names] },
  )
  return rows.map((row) => row.event)
}
