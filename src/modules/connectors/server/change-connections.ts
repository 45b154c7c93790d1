import type { ChangeConnection, Connection, NewConnection, Place } from '#modules/connectors/contract.ts'
import {
  type ConnectionRow,
  deleteRow,
  listRows,
  presentConnection,
  readConnection,
  saveRow,
  sealSecret,
} from '#modules/connectors/server/connection-store.ts'
import type { ConnectorsDeps } from '#modules/connectors/server/connectors-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'

export const listConnections = (deps: ConnectorsDeps, ctx: WorkspaceCtx): Promise<{ items: Connection[] }> =>
  deps.database.read(ctx, async (tx) => ({ items: (await listRows(tx)).map(presentConnection) }))

export function createConnection(
  deps: ConnectorsDeps,
  ctx: WorkspaceCtx,
  given: NewConnection,
): Promise<Connection> {
  return deps.database.write(ctx, async (tx) => {
    const id = newId('con')
    const row: ConnectionRow = {
      ...{ id, workspace_id: tx.workspace, name: given.name, place: given.place, key: given.credentials.key },
      secret: sealSecret(deps.secrets, tx.workspace, id, given.credentials.secret),
      ...{ tested_at: null, fault_code: null, fault_message: null },
      ...{ created_by: ctx.actor.name, created_at: new Date(ctx.now) },
    }
    await saveRow(tx, row)
    await deps.audit(tx, ctx, { action: 'connection.created', subject: id, details: describe(row) })
    return presentConnection(row)
  })
}

export function changeConnection(
  deps: ConnectorsDeps,
  ctx: WorkspaceCtx,
  id: string,
  given: ChangeConnection,
): Promise<Connection> {
  return deps.database.write(ctx, async (tx) => {
    const before = await readConnection(tx, id)
    const place = given.place ?? before.place
    if (!given.credentials && leadsTo(place) !== leadsTo(before.place))
      throw new AppError(
        'connection.needs_credentials',
        'invalid',
        'This connection would lead elsewhere: give its credentials again.',
        { details: { path: '/body/credentials' } },
      )
    const { credentials } = given
    const row = {
      ...before,
      ...{ name: given.name ?? before.name, place },
      ...(credentials && {
        key: credentials.key,
        secret: sealSecret(deps.secrets, tx.workspace, id, credentials.secret),
      }),
    }
    await saveRow(tx, row)
    await deps.audit(tx, ctx, {
      action: 'connection.changed',
      subject: id,
      details: { ...describe(row), credentials: credentials !== undefined },
    })
    return presentConnection(await readConnection(tx, id))
  })
}

export function removeConnection(deps: ConnectorsDeps, ctx: WorkspaceCtx, id: string): Promise<void> {
  return deps.database.write(ctx, async (tx) => {
    const row = await readConnection(tx, id)
    for (const use of deps.uses) {
      const [user] = await use.usersOf(tx, id)
      if (user !== undefined)
        throw new AppError('connection.in_use', 'conflict', `“${user}” reads from this connection.`, {
          details: { user },
        })
    }
    await deleteRow(tx, id)
    await deps.audit(tx, ctx, { action: 'connection.removed', subject: id, details: describe(row) })
  })
}

/** Where credentials would be sent. */
const leadsTo = (place: Place): string =>
  place.kind === 's3'
    ? `s3 ${new URL(place.endpoint).origin}`
    : `${place.kind} ${place.host} ${place.port} ${place.tls} ${place.user}`

const describe = ({ name, place }: Pick<ConnectionRow, 'name' | 'place'>) => ({ name, to: leadsTo(place) })
