import { sql } from 'kysely'
import type { z } from 'zod'
import type { Alert, alertRoutes } from '#modules/alerts/contract/alert.ts'
import {
  type AlertRow,
  countAlerts,
  dropHidden,
  hideAlert,
  insertAlert,
  muteAlert,
  pauseAlert,
  requireAlert,
  showAlert,
  updateAlert,
} from '#modules/alerts/server/alert-store.ts'
import type { AlertsDeps } from '#modules/alerts/server/alerts-deps.ts'
import { requirePlaces } from '#modules/alerts/server/places.ts'
import { presentAlerts } from '#modules/alerts/server/present-alert.ts'
import { readerOf } from '#modules/alerts/server/reader.ts'
import { checkCondition, intervalOf, unitOf } from '#modules/alerts/server/watch/check-metric.ts'
import { readPoints } from '#modules/alerts/server/watch/read-points.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

type Body<R extends 'create' | 'change'> = z.output<(typeof alertRoutes)[R]['body']>
const dayMs = 86_400_000
/** As long as the undo of a deletion is worth keeping. */
const hiddenDays = 30
/** Every one asks the engine a question an hour or a day. */
const mostAlerts = 500

export async function createAlert(deps: AlertsDeps, ctx: WorkspaceCtx, body: Body<'create'>): Promise<Alert> {
  const interval = intervalOf(body)
  checkCondition(body.condition, body.running, interval)
  // Asked once as whoever makes it: what they may not ask is refused now and not tomorrow morning.
  await readPoints(deps, ctx, body, 1)
  return deps.database.write(ctx, async (tx) => {
    if ((await countAlerts(tx)) >= mostAlerts)
      throw new AppError('alert.too_many', 'invalid', `A workspace has ${mostAlerts} alerts at most.`)
    await requireMembers(tx, body.tell.members)
    await requirePlaces(deps, tx, body.tell.endpoints)
    const { question, metric, line, state, condition, running, hour, remindEvery, tell } = body
    const row = {
      ...{ id: newId('alr'), name: body.name, question, metric, line, state, analysis_id: body.analysis },
      ...{ interval, unit: unitOf(body), condition, running, hour, remind_every: remindEvery },
      ...{ tells: [...new Set(tell.members)], by_mail: tell.mail },
      ...{ by_webhook: tell.webhook, endpoints: tell.endpoints },
      member_id: await deps.access.memberBehind(tx, ctx),
      created_by: ctx.actor.name,
      created_by_kind: ctx.actor.kind,
    }
    await insertAlert(tx, row, ctx.now)
    await note(deps, tx, ctx, 'alert.created', row)
    return presentOne(deps, tx, ctx, row.id)
  })
}

export function changeAlert(
  deps: AlertsDeps,
  ctx: WorkspaceCtx,
  id: string,
  change: Body<'change'>,
): Promise<Alert> {
  return deps.database.write(ctx, async (tx) => {
    const before = await hold(deps, tx, ctx, id)
    if (before.member_id !== (await deps.access.memberBehind(tx, ctx)))
      throw new AppError(
        'alert.not_yours',
        'denied',
        'Only its maker changes an alert, because it counts with their rights. Make one of your own instead.',
      )
    if (before.version !== change.version)
      throw new AppError(
        'alert.changed',
        'conflict',
        'Somebody changed this alert meanwhile; look at it first.',
      )
    if (change.tell) {
      await requireMembers(tx, change.tell.members, before.tells)
      await requirePlaces(deps, tx, change.tell.endpoints, before.endpoints ?? [])
    }
    const next = {
      ...before,
      name: change.name ?? before.name,
      condition: change.condition ?? before.condition,
      running: change.running ?? before.running,
      hour: change.hour ?? before.hour,
      remind_every: change.remindEvery === undefined ? before.remind_every : change.remindEvery,
      tells: change.tell ? [...new Set(change.tell.members)] : before.tells,
      by_mail: change.tell?.mail ?? before.by_mail,
      by_webhook: change.tell?.webhook ?? before.by_webhook,
      endpoints: change.tell ? change.tell.endpoints : before.endpoints,
    }
    checkCondition(next.condition, next.running, before.interval)
    const isJudgedAnew = JSON.stringify(next.condition) !== JSON.stringify(before.condition)
    await updateAlert(tx, next, { now: ctx.now, isJudgedAnew })
    await note(deps, tx, ctx, 'alert.changed', next)
    return presentOne(deps, tx, ctx, id)
  })
}

/** Hidden, so that it can be brought back with its history. */
export const removeAlert = (deps: AlertsDeps, ctx: WorkspaceCtx, id: string): Promise<void> =>
  deps.database.write(ctx, async (tx) => {
    const row = await requireOwn(deps, tx, ctx, id)
    await hideAlert(tx, id, ctx.now)
    await dropHidden(tx, ctx.now - hiddenDays * dayMs)
    await note(deps, tx, ctx, 'alert.deleted', row)
  })

export const restoreAlert = (deps: AlertsDeps, ctx: WorkspaceCtx, id: string): Promise<Alert> =>
  deps.database.write(ctx, async (tx) => {
    const reader = await readerOf(deps, tx, ctx)
    await showAlert(tx, id, reader, ctx.now)
    await note(deps, tx, ctx, 'alert.restored', await requireAlert(tx, id, reader))
    return presentOne(deps, tx, ctx, id)
  })

export async function setPause(
  deps: AlertsDeps,
  ctx: WorkspaceCtx,
  id: string,
  paused: boolean,
): Promise<Alert> {
  return deps.database.write(ctx, async (tx) => {
    const row = await requireOwn(deps, tx, ctx, id)
    if (!paused) await requireRights(deps, row)
    // Paused again by hand what stopped by itself: then it waits for a hand.
    if (paused !== (row.paused_for !== null) || row.paused_for === 'rights') {
      await pauseAlert(tx, id, paused ? 'by_hand' : null, ctx.now)
      await note(deps, tx, ctx, paused ? 'alert.paused' : 'alert.resumed', row)
    }
    return presentOne(deps, tx, ctx, id)
  })
}

export const setMute = (
  deps: AlertsDeps,
  ctx: WorkspaceCtx,
  id: string,
  until: string | null,
): Promise<Alert> =>
  deps.database.write(ctx, async (tx) => {
    const row = await requireOwn(deps, tx, ctx, id)
    await muteAlert(tx, id, until === null ? null : new Date(until))
    await note(deps, tx, ctx, until === null ? 'alert.unmuted' : 'alert.muted', row)
    return presentOne(deps, tx, ctx, id)
  })

/** Who is only told of an alert may not stop it for others. */
async function requireOwn(deps: AlertsDeps, tx: Tx, ctx: WorkspaceCtx, id: string): Promise<AlertRow> {
  const reader = await readerOf(deps, tx, ctx)
  const row = await requireAlert(tx, id, reader, true)
  if (!reader.all && row.member_id !== reader.member)
    throw new AppError(
      'alert.not_yours',
      'denied',
      'Only its maker, or who looks after settings, stops an alert for everybody.',
    )
  return row
}

async function hold(deps: AlertsDeps, tx: Tx, ctx: WorkspaceCtx, id: string): Promise<AlertRow> {
  return requireAlert(tx, id, await readerOf(deps, tx, ctx), true)
}

async function requireRights(deps: AlertsDeps, row: AlertRow): Promise<void> {
  const maker = await deps.access.standingOf(row.workspace_id, row.member_id)
  if (!maker?.permissions.has('analytics:read'))
    throw new AppError(
      'alert.no_rights',
      'conflict',
      'Whoever made this alert may not ask analyses any more, so it cannot go on. Make one of your own.',
    )
}

/** New ones must work here now; who stood there before may have left. */
async function requireMembers(
  tx: Tx,
  members: readonly string[],
  before: readonly string[] = [],
): Promise<void> {
  const wanted = members.filter((id) => !before.includes(id))
  const rows = await tx.rows<{ id: string }>(sql`
    select id from read.member
    where workspace_id = ${tx.workspace} and status = 'active' and id = any(${wanted}::text[])`)
  const missing = wanted.find((id) => !rows.some((row) => row.id === id))
  if (missing !== undefined)
    throw new AppError('alert.member_missing', 'invalid', 'Somebody who is to be told is no member here.', {
      details: { member: missing },
    })
}

async function presentOne(deps: AlertsDeps, tx: Tx, ctx: WorkspaceCtx, id: string): Promise<Alert> {
  const row = await requireAlert(tx, id, await readerOf(deps, tx, ctx))
  const [shown] = await presentAlerts(deps, tx, ctx, [row])
  return shown as Alert
}

const note = (
  { audit }: AlertsDeps,
  tx: Tx,
  ctx: WorkspaceCtx,
  action: string,
  { id, name }: Pick<AlertRow, 'id' | 'name'>,
) => audit(tx, ctx, { action, subject: id, details: { name } })
