import { changesSql, type MemberRow } from '#modules/segments/server/membership/evaluation-sql.ts'
import type { KnownSegment, WorkspaceRules } from '#modules/segments/server/rule-book.ts'
import { setState } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import { AppError } from '#platform/errors.ts'

// Columns of one aggregation. Beyond some hundreds ClickHouse spends longer on the plan than on the rows.
const conditionsPerQuery = 400
// As many as one range of the log can touch; more are asked in turns.
const personsPerQuery = 20_000

/** What differs from the stored memberships, for these people. A segment that cannot be evaluated fails alone. */
export async function evaluateFor(
  deps: SegmentsDeps,
  rules: WorkspaceRules,
  workspace: number,
  segments: readonly KnownSegment[],
  persons: readonly number[],
): Promise<MemberRow[]> {
  const rows: MemberRow[] = []
  const env = rules.env(deps.clock.now())
  for (let from = 0; from < persons.length; from += personsPerQuery) {
    const some = persons.slice(from, from + personsPerQuery)
    const ask = async (batch: readonly KnownSegment[]) => {
      const { sql, params } = changesSql(batch, env, some)
      rows.push(...(await deps.ch.query<MemberRow>(sql, params, { settings: longText })))
    }
    for (const batch of inBatches(segments, conditionsPerQuery)) await isolating(deps, workspace, batch, ask)
  }
  return rows
}

const longText = { max_query_size: 64_000_000 }

/** Runs the work for the batch; when that fails for another reason than overload, for each segment by itself. */
export async function isolating(
  deps: SegmentsDeps,
  workspace: number,
  batch: readonly KnownSegment[],
  work: (some: readonly KnownSegment[]) => Promise<void>,
): Promise<void> {
  try {
    await work(batch)
  } catch (error) {
    if (error instanceof AppError && error.kind === 'busy') throw error
    if (batch.length > 1) {
      for (const one of batch) await isolating(deps, workspace, [one], work)
      return
    }
    const [segment] = batch
    if (!segment) return
    // One rule that the engine refuses must not stop the projection of everybody's events.
    deps.log.error({ err: error, segment: segment.id }, 'a segment cannot be evaluated; it is set to failed')
    await deps.database.system((tx) => setState(tx, workspace, segment.id, 'failed'))
  }
}

/** Batches of segments whose conditions fit one query together. */
export function inBatches(segments: readonly KnownSegment[], most: number): KnownSegment[][] {
  const batches: KnownSegment[][] = []
  let weight = 0
  for (const segment of segments) {
    const last = batches.at(-1)
    if (!last || weight + segment.weight > most) {
      batches.push([segment])
      weight = segment.weight
    } else {
      last.push(segment)
      weight += segment.weight
    }
  }
  return batches
}
