import encodeQR from 'qr'
import { type TrackedLink, utmParts } from '#modules/content/contract/link.ts'
import type { ContentDeps } from '#modules/content/server/content-deps.ts'
import {
  endLink,
  type LinkRow,
  listLinkRows,
  requireLink,
  writeLink,
} from '#modules/content/server/links/link-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'
import { newId, randomText } from '#platform/ids.ts'

type Deps = Pick<ContentDeps, 'database' | 'audit' | 'baseUrl'>
type Said = Pick<TrackedLink, 'name' | 'target' | 'utm'>

export async function listLinks(deps: Deps, ctx: WorkspaceCtx, { limit, cursor }: PageQuery) {
  const key = decodeCursor(cursor, ['time', 'text'])
  const rows = await deps.database.read(ctx, (tx) =>
    listLinkRows(tx, key && { time: String(key[0]), id: String(key[1]) }, limit + 1),
  )
  const items = rows.slice(0, limit).map((row) => present(deps, row))
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([last.createdAt, last.id]) : null }
}

export function createLink(deps: Deps, ctx: WorkspaceCtx, said: Said): Promise<TrackedLink> {
  return deps.database.write(ctx, async (tx) => {
    // 45 bits: short enough to be typed from a poster, too many to be tried.
    const row = { ...said, id: newId('lnk'), slug: randomText(9), created_at: new Date(ctx.now) }
    await writeLink(tx, row)
    await deps.audit(tx, ctx, {
      action: 'tracked_link.created',
      subject: row.id,
      details: { name: said.name },
    })
    return present(deps, { ...row, visits: 0, last_visit: null })
  })
}

export function changeLink(deps: Deps, ctx: WorkspaceCtx, id: string, said: Said): Promise<TrackedLink> {
  return deps.database.write(ctx, async (tx) => {
    const row = { ...(await requireLink(tx, id)), ...said }
    await writeLink(tx, row)
    await deps.audit(tx, ctx, {
      action: 'tracked_link.changed',
      subject: id,
      details: { target: said.target },
    })
    return present(deps, row)
  })
}

export function removeLink(deps: Deps, ctx: WorkspaceCtx, id: string): Promise<void> {
  return deps.database.write(ctx, async (tx) => {
    const { name } = await requireLink(tx, id)
    await endLink(tx, id, ctx.now)
    await deps.audit(tx, ctx, { action: 'tracked_link.ended', subject: id, details: { name } })
  })
}

/** For printing: sharp at any size, and read with a quarter of it covered. */
export async function qrCode(deps: Deps, ctx: WorkspaceCtx, id: string): Promise<string> {
  const row = await deps.database.read(ctx, (tx) => requireLink(tx, id))
  return encodeQR(present(deps, row).address, 'svg', { ecc: 'quartile', border: 4 })
}

/** UTM parameters that are given replace those the address has. */
export function leadsTo({ target, utm }: Pick<LinkRow, 'target' | 'utm'>): string {
  const url = new URL(target)
  for (const part of utmParts) if (utm[part]) url.searchParams.set(`utm_${part}`, utm[part])
  return url.href
}

const present = ({ baseUrl }: Deps, row: LinkRow): TrackedLink => ({
  id: row.id,
  name: row.name,
  target: row.target,
  utm: row.utm,
  address: `${baseUrl}/q/${row.slug}`,
  leadsTo: leadsTo(row),
  visits: row.visits,
  lastVisit: row.last_visit?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
})
