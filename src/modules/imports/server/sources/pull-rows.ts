import { hash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isTooLarge, type PulledRow, type Tables } from '#modules/connectors/index.ts'
import type { Found } from '#modules/imports/server/sources/found.ts'
import type { PullState } from '#modules/imports/server/sources/source-store.ts'
import { AppError } from '#platform/errors.ts'

type Place = { sql: string; cursor: string }

const rowsAtOnce = 5000
const mostAtOnce = 200_000
const rowsPerImport = 50_000
// Beyond it the next bundle goes on.
const bytesPerImport = 256 * 1024 * 1024

/**
 * Rows from the cursor on, a bundle at a time. The last value is asked for again, because rows with it may have come
 * since; those of it that were taken are known by their hashes.
 */
export async function* pullRows(
  tables: Tables,
  place: Place,
  name: string,
  from: PullState | null,
  signal: AbortSignal,
): AsyncGenerator<Found> {
  let state = from
  let isEmpty = false
  const passed = new Set<string>()
  while (!isEmpty) {
    yield {
      name: 'rows',
      shown: name,
      take: async (path) => {
        const bundle = { state, rows: 0 }
        await pipeline(Readable.from(linesOf(tables, place, bundle, signal)), createWriteStream(path))
        isEmpty = bundle.rows === 0
        if (isEmpty || !bundle.state) return undefined
        state = bundle.state
        const mark = hash('sha256', JSON.stringify(state), 'base64url')
        if (passed.has(mark)) throw unequalSpellings(place.cursor)
        passed.add(mark)
        return { mark, cursor: state }
      },
    }
  }
}

/** To a database that takes `b1` and `B1` for the same, neither comes after the other: there would be no end. */
const unequalSpellings = (cursor: string) =>
  new AppError(
    'source.cursor_too_coarse',
    'invalid',
    `The database holds values of the cursor column “${cursor}” equal that are spelled differently: choose one that tells rows apart.`,
  )

const rowsShown = 200

/** Writes the first rows; false when there are none. */
export async function previewRows(tables: Tables, { sql, cursor }: Place, path: string): Promise<boolean> {
  let rows: PulledRow[] | undefined
  for (let limit = rowsShown; rows === undefined; limit = Math.max(1, Math.floor(limit / 8)))
    rows = await readOrNone(tables, { sql, cursor, from: null, limit })
  await writeFile(path, rows.map(({ values }) => `${JSON.stringify(values)}\n`).join(''))
  return rows.length > 0
}

type Bundle = { state: PullState | null; rows: number }

async function* linesOf(
  tables: Tables,
  { sql, cursor }: Place,
  bundle: Bundle,
  signal: AbortSignal,
): AsyncGenerator<string> {
  let limit = rowsAtOnce
  // So many rows were more than one answer may hold.
  let tooMany = Number.POSITIVE_INFINITY
  let bytes = 0
  while (bundle.rows < rowsPerImport && bytes < bytesPerImport) {
    signal.throwIfAborted()
    const rows = await readOrNone(tables, { sql, cursor, from: bundle.state, limit })
    if (rows === undefined) {
      tooMany = limit
      const fewer = Math.floor(limit / 8)
      // It takes the rows that were taken and one more to get ahead.
      if (fewer <= (bundle.state?.taken.length ?? 0)) throw tooLargeRows(cursor, bundle.state)
      limit = fewer
      continue
    }
    const fresh = newOnes(rows, bundle.state)
    for (const row of fresh) bundle.state = advance(bundle.state, row)
    bundle.rows += fresh.length
    const text = fresh.map(({ values }) => `${JSON.stringify(values)}\n`).join('')
    bytes += Buffer.byteLength(text)
    yield text
    if (rows.length < limit) return
    if (fresh.length > 0) continue
    // All of them have the last value: only a longer look gets beyond.
    if (limit >= mostAtOnce)
      throw new AppError(
        'source.cursor_too_coarse',
        'invalid',
        `More than ${mostAtOnce} rows have the same value in the cursor column “${cursor}”: choose one that tells rows apart.`,
      )
    if (limit * 2 >= tooMany) throw tooLargeRows(cursor, bundle.state)
    limit *= 2
  }
}

/** Undefined when they are more than one answer may hold. */
async function readOrNone(tables: Tables, pull: Parameters<Tables['read']>[0]) {
  try {
    return await tables.read(pull)
  } catch (error) {
    if (isTooLarge(error) && pull.limit > 1) return undefined
    throw error
  }
}

const tooLargeRows = (cursor: string, state: PullState | null) =>
  new AppError(
    'source.rows_too_large',
    'invalid',
    `Rows with one value in the cursor column “${cursor}” are together larger than one answer may be: leave out columns that hold files or long texts.`,
    { details: { rows: state?.taken.length ?? 0 } },
  )

/** Counted, because a table may hold the same row twice. */
function newOnes(rows: readonly PulledRow[], state: PullState | null): PulledRow[] {
  const taken = new Map<string, number>()
  for (const one of state?.taken ?? []) taken.set(one, (taken.get(one) ?? 0) + 1)
  return rows.filter((row) => {
    if (row.cursor?.value !== state?.value) return true
    const name = hashOf(row)
    const left = taken.get(name) ?? 0
    if (left > 0) taken.set(name, left - 1)
    return left === 0
  })
}

function advance(state: PullState | null, row: PulledRow): PullState {
  const { value, type } = row.cursor as NonNullable<PulledRow['cursor']>
  if (state?.value === value) {
    state.taken.push(hashOf(row))
    return state
  }
  return { value, type, taken: [hashOf(row)] }
}

const hashOf = ({ values }: PulledRow): string =>
  hash('sha256', JSON.stringify(values), 'base64url').slice(0, 22)
