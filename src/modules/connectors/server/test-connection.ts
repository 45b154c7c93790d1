import type { Connection } from '#modules/connectors/contract.ts'
import {
  type ConnectionRow,
  credentialsOf,
  presentConnection,
  readConnection,
  saveOutcome,
} from '#modules/connectors/server/connection-store.ts'
import type { ConnectorsDeps } from '#modules/connectors/server/connectors-deps.ts'
import { openTables } from '#modules/connectors/server/database/open-tables.ts'
import { openBucket } from '#modules/connectors/server/s3/open-bucket.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

/** Goes there as an import would; what it met is kept with the connection and answered as its state, not as an error. */
export async function testConnection(
  deps: ConnectorsDeps,
  ctx: WorkspaceCtx,
  id: string,
): Promise<Connection> {
  const row = await deps.database.read(ctx, (tx) => readConnection(tx, id))
  const fault = await attempt(deps, row)
  return deps.database.write(ctx, async (tx) => {
    await saveOutcome(tx, id, ctx.now, fault)
    return presentConnection(await readConnection(tx, id))
  })
}

async function attempt(deps: ConnectorsDeps, row: ConnectionRow): Promise<AppError | undefined> {
  try {
    const credentials = credentialsOf(deps.secrets, row)
    if (row.place.kind === 's3') {
      await openBucket(deps.outbound, row.place, credentials).list('', undefined, 1)
      return undefined
    }
    const tables = await openTables(deps.outbound, row.place, credentials)
    await tables.close()
    return undefined
  } catch (error) {
    if (error instanceof AppError && error.kind !== 'bug') return error
    throw error
  }
}
