import type { RawBuilder } from 'kysely'
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely'
import pg from 'pg'
import type { WorkspaceCtx } from '#platform/context.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import type { Subscriptions } from '#platform/jobs/subscriptions.ts'
import { isConnectionLoss, translate, unavailable } from '#platform/pg/connection-loss.ts'

// bigint columns hold counters and unit numbers below 2^53 (checked where they are allotted).
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

// Only compiles `sql` fragments to text and parameters; connections are ours.
const compiler = new Kysely<Record<string, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** An open transaction. Stores take it first; use-cases never see the pool. */
export type Tx = {
  /** Number of the workspace whose wall this transaction stands in; 0 in system transactions. */
  readonly workspace: number
  rows<T>(query: RawBuilder<T>): Promise<T[]>
  row<T>(query: RawBuilder<T>): Promise<T | undefined>
  /** Runs a statement, answers the number of rows it touched. */
  run(query: RawBuilder<unknown>): Promise<number>
  /**
   * Announces an event to its subscribers, in this same transaction (an outbox of one job per subscriber).
   * `workspace` must be given in system transactions, which stand in none.
   */
  emit(event: string, payload: Record<string, unknown>, workspace?: number): Promise<void>
  /** The raw client, for COPY and hot paths. */
  readonly client: pg.PoolClient
}

export type Database = {
  /** Transaction inside the workspace of `ctx`, under row-level security. */
  read<T>(ctx: Pick<WorkspaceCtx, 'workspace'>, work: (tx: Tx) => Promise<T>): Promise<T>
  write<T>(ctx: Pick<WorkspaceCtx, 'workspace' | 'idempotency'>, work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * Transaction over all workspaces: log-in, projection, job polling. Nothing user-written runs here.
   * `statementMs` is how long one statement may stay unanswered, for those who are better told to come again.
   */
  system<T>(work: (tx: Tx) => Promise<T>, options?: { statementMs?: number }): Promise<T>
  /**
   * One statement as the program itself, committed with its answer: one round trip where `system` takes three, which
   * is what counts while the event loop is busy. Answers the number of rows.
   */
  systemStatement(fragment: RawBuilder<unknown>, options?: { statementMs?: number }): Promise<number>
  /** A dedicated system connection, for LISTEN and advisory locks; release it yourself. */
  systemClient(): Promise<pg.PoolClient>
  close(): Promise<void>
}

export type DatabaseOptions = {
  url: string
  subscriptions: Subscriptions
  appPool?: number
  systemPool?: number
  onError: (error: Error) => void
}

// A server that takes connections and statements and never answers (a hanging disk, a paused machine, a network that
// swallows packets) would hold its callers for ever. The server ends a slow statement itself; five seconds later we do.
const slowestMs = { app: 30_000, system: 60_000 }
// `begin` waits for nothing, so a server that does not answer it is not there.
const slowestBeginMs = 4000

/** Roles are switched by a start-up parameter: the app role owns nothing and is subject to every policy. */
function openPool(
  url: string,
  role: keyof typeof slowestMs,
  max: number,
  onError: (error: Error) => void,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    options: `-c role=headwater_${role} -c search_path=pg_catalog -c statement_timeout=${slowestMs[role]} -c idle_in_transaction_session_timeout=120000`,
    query_timeout: slowestMs[role] + 5000,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    idleTimeoutMillis: 30_000,
  })
  pool.on('error', onError) // an idle client lost its server: the pool replaces it
  // A client at work loses it too: its statement fails, and the event of the client itself must find a listener,
  // or it ends the whole process (EPIPE of a write into a killed backend's socket).
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Opens the two pools: `headwater_app` behind the walls, `headwater_system` for the program itself. */
export function openDatabase(options: DatabaseOptions): Database {
  const app = openPool(options.url, 'app', options.appPool ?? 12, options.onError)
  const system = openPool(options.url, 'system', options.systemPool ?? 10, options.onError)

  async function transact<T>(
    pool: pg.Pool,
    workspace: number,
    begin: string,
    work: (tx: Tx) => Promise<T>,
    statementMs?: number,
  ) {
    const client = await connect(pool)
    let failed: Error | undefined
    try {
      await client.query(within(slowestBeginMs, begin))
      const result = await work(openTx(client, workspace, options.subscriptions, statementMs))
      await client.query(within(statementMs, 'commit'))
      return result
    } catch (error) {
      failed = error instanceof Error ? error : new Error(String(error))
      throw translate(failed)
    } finally {
      client.release(failed && (await rollBack(client, failed)))
    }
  }

  /** Answers why the connection is of no use any more, if so: closing it rolls back, too. */
  async function rollBack(client: pg.PoolClient, failed: Error): Promise<Error | undefined> {
    if (isConnectionLoss(failed)) return failed
    try {
      await client.query(within(slowestBeginMs, 'rollback'))
      return undefined
    } catch (error) {
      const lost = error instanceof Error ? error : new Error(String(error))
      options.onError(lost)
      return lost
    }
  }

  // `set local` with a literal integer: one round trip with `begin`, and nothing to escape.
  const wall = (num: number) => `set local app.workspace_id = '${Math.trunc(num)}'`
  return {
    read: (ctx, work) =>
      transact(app, ctx.workspace.num, `begin read only; ${wall(ctx.workspace.num)}`, work),
    write: (ctx, work) =>
      transact(app, ctx.workspace.num, `begin; ${wall(ctx.workspace.num)}`, async (tx) => {
        const result = await work(tx)
        if (ctx.idempotency) await noteEffects(tx, ctx.idempotency)
        return result
      }),
    system: (work, { statementMs } = {}) => transact(system, 0, 'begin', work, statementMs),
    systemStatement: async (fragment, { statementMs } = {}) => {
      const { sql, parameters } = fragment.compile(compiler)
      const client = await connect(system)
      let failed: Error | undefined
      try {
        return (await client.query(within(statementMs, sql, parameters as unknown[]))).rowCount ?? 0
      } catch (error) {
        failed = error instanceof Error ? error : new Error(String(error))
        throw translate(failed)
      } finally {
        client.release(failed) // whatever went wrong, it may still be at work: closed, not used again
      }
    },
    systemClient: () => connect(system),
    close: async () => {
      await Promise.all([app.end(), system.end()])
    },
  }
}

/** In the same transaction as the effects, so that after a crash one says what became of the other. */
const noteEffects = (tx: Tx, { key, attempt }: { key: string; attempt: string }) =>
  tx.run(sql`update platform.idempotency set effects = true where key = ${key} and attempt = ${attempt}`)

/** A statement with its own limit of waiting; without one, the pool's holds. */
function within(ms: number | undefined, text: string, values?: unknown[]): pg.QueryConfig {
  const statement = { text, ...(values ? { values } : {}), ...(ms ? { query_timeout: ms } : {}) }
  return statement
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw unavailable(error)
  }
}

/** Wraps a client inside a transaction; exported for the projector, which commits by itself. */
export function openTx(
  client: pg.PoolClient,
  workspace: number,
  subscriptions: Subscriptions,
  statementMs?: number,
): Tx {
  const query = async (fragment: RawBuilder<unknown>) => {
    const { sql, parameters } = fragment.compile(compiler)
    return client.query(within(statementMs, sql, parameters as unknown[]))
  }
  const tx: Tx = {
    workspace,
    client,
    rows: async <T>(fragment: RawBuilder<T>) => (await query(fragment)).rows as T[],
    row: async <T>(fragment: RawBuilder<T>) => (await query(fragment)).rows[0] as T | undefined,
    run: async (fragment) => (await query(fragment)).rowCount ?? 0,
    emit: async (event, payload, inWorkspace = workspace) => {
      if (inWorkspace === 0) throw new Error(`${event} was emitted without a workspace`)
      for (const kind of subscriptions.kindsOf(event))
        await enqueue(tx, { kind, payload, workspace: inWorkspace })
    },
  }
  return tx
}

/** A system transaction's work in one workspace: stores find it in `workspace`; there is no wall but their predicates. */
export const inWorkspace = (tx: Tx, workspace: number): Tx => ({ ...tx, workspace })

/** Postgres' unique violation on a named constraint; a store that tells it as a conflict uses `conflictOf`. */
export function violates(error: unknown, constraint: string): boolean {
  const fault = error as { code?: string; constraint?: string }
  return fault?.code === '23505' && fault.constraint === constraint
}
