import { Socket } from 'node:net'
import pg from 'pg'
import type { Credentials, DatabasePlace } from '#modules/connectors/contract.ts'
import { limitBytes } from '#modules/connectors/server/database/limit-bytes.ts'
import type { Pull, PulledRow, Tables } from '#modules/connectors/server/database/open-tables.ts'
import {
  cursorColumn,
  plainValue,
  refusedStatement,
  statementMs,
  subquery,
  unreachable,
} from '#modules/connectors/server/database/wrap-select.ts'
import { AppError } from '#platform/errors.ts'
import type { Outbound } from '#platform/outbound/create-outbound.ts'

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`

export async function openPostgres(
  outbound: Outbound,
  place: DatabasePlace,
  { secret }: Credentials,
): Promise<Tables> {
  // The judged address itself, so that a second look-up cannot lead elsewhere.
  const { address } = await outbound.reach(place.host, place.port)
  const socket = new Socket()
  const limit = limitBytes(socket)
  const client = new pg.Client({
    stream: () => socket,
    ...{ host: address, port: place.port, user: place.user, password: secret, database: place.database },
    ssl: place.tls ? { servername: place.host, rejectUnauthorized: true } : false,
    connectionTimeoutMillis: 10_000,
    query_timeout: statementMs + 10_000,
    application_name: 'headwater import',
    // An unfinished time or number must not depend on this machine.
    options: `-c timezone=UTC -c statement_timeout=${statementMs} -c default_transaction_read_only=on`,
  })
  // Told by the statement that is under way.
  client.on('error', () => undefined)
  try {
    await limit.during(() => client.connect())
  } catch (error) {
    throw translate(error)
  }
  return {
    read: (pull) => limit.during(() => read(client, pull)),
    close: () => (limit.isOver ? Promise.resolve() : client.end()),
  }
}

async function read(client: pg.Client, { sql, cursor, from, limit }: Pull): Promise<PulledRow[]> {
  const by = cursor === undefined ? undefined : `q.${quote(cursor)}`
  const text = [
    `select q.*${by ? `, (${by})::text as ${quote(cursorColumn)}` : ''} from ${subquery(sql)}`,
    by ? `where ${by} ${from ? '>= $2' : 'is not null'} order by ${by}` : '',
    'limit $1',
  ].join(' ')
  try {
    await client.query('begin transaction read only')
    // With values it is a prepared statement, which holds one statement and no more.
    const result = await client.query(text, from && by ? [limit, from.value] : [limit])
    await client.query('rollback')
    return result.rows.map((row: Record<string, unknown>) => pulled(row, by !== undefined))
  } catch (error) {
    await client.query('rollback').catch(() => undefined) // the connection is gone, which the error says
    throw translate(error)
  }
}

function pulled(row: Record<string, unknown>, hasCursor: boolean): PulledRow {
  const { [cursorColumn]: value, ...rest } = row
  const values = Object.fromEntries(Object.entries(rest).map(([name, one]) => [name, plainValue(one)]))
  return { values, cursor: hasCursor ? { value: String(value), type: 'text' } : null }
}

// Connection failures, crashes, shutdowns, no more places, a serialisation failure: well again by themselves.
const passing = /^(08|40|53|57P|58)/

function translate(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (!(error instanceof pg.DatabaseError) || error.code === undefined) return unreachable(error)
  if (error.code.startsWith('28'))
    return new AppError('connection.login_refused', 'invalid', 'The database refuses user or password.')
  if (error.code === '3D000')
    return new AppError('connection.no_database', 'invalid', 'The server has no such database.')
  if (error.code === '57014')
    return new AppError(
      'connection.too_slow',
      'invalid',
      'The statement ran for two minutes and was stopped.',
    )
  return passing.test(error.code) ? unreachable(error) : refusedStatement(error.code, error.message)
}
