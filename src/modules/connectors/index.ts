import { routes } from '#modules/connectors/contract.ts'
import {
  changeConnection,
  createConnection,
  listConnections,
  removeConnection,
} from '#modules/connectors/server/change-connections.ts'
import { credentialsOf, readConnection } from '#modules/connectors/server/connection-store.ts'
import type { ConnectorsDeps } from '#modules/connectors/server/connectors-deps.ts'
import {
  type Cursor,
  isTooLarge,
  openTables,
  type Pull,
  type PulledRow,
  type Tables,
} from '#modules/connectors/server/database/open-tables.ts'
import { type Bucket, openBucket } from '#modules/connectors/server/s3/open-bucket.ts'
import type { ListedObject } from '#modules/connectors/server/s3/read-listing.ts'
import { testConnection } from '#modules/connectors/server/test-connection.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'

export type { Bucket, ConnectorsDeps, Cursor, ListedObject, Pull, PulledRow, Tables }
/** Whether a database's answer was too large, so that fewer rows might do. */
export { isTooLarge }

export type Connectors = {
  routes: ServedRoute[]
  /** Throws unless there is such a connection of the kind. */
  check(ctx: WorkspaceCtx, connection: string, kind: 's3' | 'database'): Promise<void>
  /** Objects of a connection to storage; `connection.wrong_kind` when it leads elsewhere. */
  openBucket(ctx: WorkspaceCtx, connection: string): Promise<Bucket>
  /** Rows of a connection to a database; to be closed. */
  openTables(ctx: WorkspaceCtx, connection: string): Promise<Tables>
}

/** The module, opened once by the composition root. */
export function openConnectors(deps: ConnectorsDeps): Connectors {
  const open = async (ctx: WorkspaceCtx, id: string) => {
    const row = await deps.database.read(ctx, (tx) => readConnection(tx, id))
    return { place: row.place, credentials: credentialsOf(deps.secrets, row) }
  }
  return {
    routes: implement(routes, {
      list: ({ ctx }) => listConnections(deps, ctx),
      create: ({ ctx, body }) => createConnection(deps, ctx, body),
      change: ({ ctx, params, body }) => changeConnection(deps, ctx, params.id, body),
      test: ({ ctx, params }) => testConnection(deps, ctx, params.id),
      remove: ({ ctx, params }) => removeConnection(deps, ctx, params.id),
    }),
    check: async (ctx, id, kind) => {
      const { place } = await deps.database.read(ctx, (tx) => readConnection(tx, id))
      if ((place.kind === 's3') !== (kind === 's3')) throw wrongKind()
    },
    openBucket: async (ctx, id) => {
      const { place, credentials } = await open(ctx, id)
      if (place.kind !== 's3') throw wrongKind()
      return openBucket(deps.outbound, place, credentials)
    },
    openTables: async (ctx, id) => {
      const { place, credentials } = await open(ctx, id)
      if (place.kind === 's3') throw wrongKind()
      return openTables(deps.outbound, place, credentials)
    },
  }
}

const wrongKind = () =>
  new AppError('connection.wrong_kind', 'invalid', 'This connection leads to something else.', {
    details: { path: '/body/connection' },
  })
