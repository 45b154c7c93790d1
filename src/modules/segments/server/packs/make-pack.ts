import { createHash } from 'node:crypto'
import { listReferences } from '#modules/rules/index.ts'
import { mostPackMembers, type Pack, type PackSegment } from '#modules/segments/contract.ts'
import { presentUnits } from '#modules/segments/server/lists/unit-store.ts'
import { requireSegment, type SegmentRow } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

type Given = { segments: readonly string[]; members: 'none' | 'plain' | 'sha256' }

/** Segments and all they stand on, in an order in which each follows what it needs. */
export async function makePack(deps: SegmentsDeps, ctx: WorkspaceCtx, given: Given): Promise<Pack> {
  if (given.members !== 'none') refuseMembers(ctx)
  return deps.database.read(ctx, async (tx) => {
    const rows = await withBases(tx, given.segments)
    const named = rows.map((row) => listReferences(row.rule))
    const needs = (pick: (one: (typeof named)[number]) => Iterable<string>) =>
      [...new Set(named.flatMap((one) => [...pick(one)]))].sort()
    const parents = await deps.tags.tagParents(tx)
    const known = new Map((await deps.profiles.attributesOf(tx)).map((one) => [one.name, one]))
    const segments: PackSegment[] = []
    for (const row of rows) segments.push(await packed(deps, tx, row, given.members))
    return {
      format: 'headwater.audience/1',
      segments,
      tags: withParents(
        needs((one) => one.tags),
        parents,
      ),
      attributes: needs((one) => one.attributes).map((name) => {
        const { type = 'text', label = null } = known.get(name) ?? {}
        return { name, type, label }
      }),
      events: needs((one) => one.events.keys()),
    }
  })
}

async function withBases(tx: Tx, ids: readonly string[]): Promise<SegmentRow[]> {
  const found = new Map<string, SegmentRow>()
  const visit = async (id: string): Promise<void> => {
    if (found.has(id)) return
    const row = await requireSegment(tx, id)
    for (const base of listReferences(row.rule).segments) await visit(base)
    found.set(id, row)
  }
  for (const id of ids) await visit(id)
  return [...found.values()]
}

/** Tags with those above them, parents first. */
function withParents(names: readonly string[], parents: ReadonlyMap<string, string | null>): Pack['tags'] {
  const found = new Map<string, string | null>()
  const visit = (name: string): void => {
    if (found.has(name)) return
    const parent = parents.get(name) ?? null
    if (parent !== null) visit(parent)
    found.set(name, parent)
  }
  for (const name of names) visit(name)
  return [...found].map(([name, parent]) => ({ name, parent }))
}

async function packed(
  deps: SegmentsDeps,
  tx: Tx,
  { id, num, name, description, kind, rule }: SegmentRow,
  form: Given['members'],
): Promise<PackSegment> {
  const segment = { key: id, name, description, kind }
  if (kind === 'rule') return { ...segment, rule }
  if (form === 'none') return segment
  const ids = await deps.profiles.identifiersOfUnits(tx, await presentUnits(tx, num, mostPackMembers + 1))
  if (ids.length > mostPackMembers)
    throw new AppError(
      'pack.too_many_people',
      'invalid',
      `A pack carries at most ${mostPackMembers} people of a list; export the list as a file instead.`,
    )
  const identifiers = ids.map((one) => ({
    kind: one.kind,
    value: form === 'plain' ? one.value : createHash('sha256').update(one.value).digest('hex'),
  }))
  return { ...segment, members: { form, identifiers } }
}

/**
 * Identifiers leave the program: who takes them may export, sees them in full, and sees everybody. Of hashes, too: there
 * are so few phone numbers that all their hashes are made in minutes.
 */
function refuseMembers(ctx: WorkspaceCtx): void {
  const permission = ['export:read', 'people:unmask'].find((one) => !ctx.permissions.has(one))
  if (permission !== undefined)
    throw new AppError('access.denied', 'denied', `This needs the permission ${permission}.`, {
      details: { permission },
    })
  if (!ctx.scope.all)
    throw new AppError(
      'access.denied',
      'denied',
      'A pack shows all people of a list; your data scope is narrower.',
      {
        details: { permission: 'export:read' },
      },
    )
}
