import { connect, type Socket } from 'node:net'
import { createConnection, type Connection as MysqlConnection } from 'mysql2/promise'
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

const quote = (name: string) => `\`${name.replaceAll('`', '``')}\``
const connectMs = 10_000

export async function openMysql(
  outbound: Outbound,
  place: DatabasePlace,
  { secret }: Credentials,
): Promise<Tables> {
  const { address, family } = await outbound.reach(place.host, place.port)
  let socket: Socket | undefined
  try {
    // The judged address itself; the name stays, because the certificate is checked against it.
    socket = await connected(connect({ host: address, port: place.port, family }))
    const stream = socket
    const client = await createConnection({
      ...{ host: place.host, user: place.user, password: secret, database: place.database },
      stream: () => stream,
      connectTimeout: connectMs,
      ...(place.tls ? { ssl: { rejectUnauthorized: true, verifyIdentity: true } } : {}),
      // Dates and long numbers as the text the database has.
      ...{ dateStrings: true, supportBigNumbers: true, bigNumberStrings: false, timezone: 'Z' },
      ...{ charset: 'utf8mb4', multipleStatements: false },
      // The server may not ask for files of this machine.
      flags: ['-LOCAL_FILES'],
    })
    client.on('error', () => undefined) // told by the statement that is under way
    const limit = limitBytes(socket)
    await limit.during(() => prepareSession(client))
    return {
      read: (pull) => limit.during(() => read(client, pull)),
      close: () => (limit.isOver ? Promise.resolve() : client.end()),
    }
  } catch (error) {
    socket?.destroy()
    throw translate(error)
  }
}

function connected(socket: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(new Error('no answer')), connectMs)
    socket.once('error', reject)
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.off('error', reject)
      resolve(socket)
    })
    socket.once('close', () => clearTimeout(timer))
  })
}

async function prepareSession(client: MysqlConnection): Promise<void> {
  await client.query("set session time_zone = '+00:00'")
  await client.query('set session transaction read only')
  try {
    await client.query(`set session max_execution_time = ${statementMs}`)
  } catch (error) {
    if (codeOf(error) !== 'ER_UNKNOWN_SYSTEM_VARIABLE') throw error
    // MariaDB calls it otherwise, in seconds.
    await client.query(`set session max_statement_time = ${statementMs / 1000}`)
  }
}

async function read(client: MysqlConnection, { sql, cursor, from, limit }: Pull): Promise<PulledRow[]> {
  const by = cursor === undefined ? undefined : `q.${quote(cursor)}`
  // Beside a text, MySQL compares a number as a float, which is wrong above 2^53 and takes no index.
  const whole = from?.value.startsWith('-') ? 'signed' : 'unsigned'
  const value = from?.type === 'number' ? `cast(? as ${whole})` : '?'
  const text = [
    `select q.*${by ? `, cast(${by} as char) as ${quote(cursorColumn)}` : ''} from ${subquery(sql)}`,
    by ? `where ${by} ${from ? `>= ${value}` : 'is not null'} order by ${by}` : '',
    `limit ${Math.trunc(limit)}`,
  ].join(' ')
  try {
    await client.query('start transaction read only')
    const [rows, columns] = await client.query(
      { sql: text, timeout: statementMs + 10_000 },
      from && by ? [from.value] : [],
    )
    const isWhole = wholeTypes.has(columns.find((one) => one.name === cursor)?.columnType ?? -1)
    await client.query('rollback')
    return (rows as Record<string, unknown>[]).map((row) =>
      pulled(row, cursor === undefined ? undefined : { name: cursor, isWhole }),
    )
  } catch (error) {
    await client.query('rollback').catch(() => undefined) // the connection is gone, which the error says
    throw translate(error)
  }
}

// TINY, SHORT, LONG, LONGLONG, INT24, YEAR of the protocol.
const wholeTypes = new Set([1, 2, 3, 8, 9, 13])

type By = { name: string; isWhole: boolean }

function pulled(row: Record<string, unknown>, by: By | undefined): PulledRow {
  const { [cursorColumn]: value, ...rest } = row
  const values = Object.fromEntries(Object.entries(rest).map(([name, one]) => [name, plainValue(one)]))
  if (by === undefined) return { values, cursor: null }
  return { values, cursor: { value: String(value), type: by.isWhole ? 'number' : 'text' } }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

const loginRefused = new Set([
  'ER_ACCESS_DENIED_ERROR',
  'ER_NOT_SUPPORTED_AUTH_MODE',
  'ER_HOST_NOT_PRIVILEGED',
])
const tooSlow = new Set(['ER_QUERY_TIMEOUT', 'ER_STATEMENT_TIMEOUT', 'PROTOCOL_SEQUENCE_TIMEOUT'])
const passing = new Set([
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
])

function translate(error: unknown): AppError {
  if (error instanceof AppError) return error
  const code = codeOf(error)
  if (loginRefused.has(code))
    return new AppError('connection.login_refused', 'invalid', 'The database refuses user or password.')
  if (code === 'ER_BAD_DB_ERROR' || code === 'ER_DBACCESS_DENIED_ERROR')
    return new AppError('connection.no_database', 'invalid', 'The server has no such database.')
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT')
    return new AppError('connection.no_tls', 'invalid', 'The server offers no TLS; turn it off or on there.')
  if (tooSlow.has(code))
    return new AppError(
      'connection.too_slow',
      'invalid',
      'The statement ran for two minutes and was stopped.',
    )
  if (code.startsWith('ER_') && !passing.has(code))
    return refusedStatement(code, error instanceof Error ? error.message : code)
  return unreachable(error)
}
