import type { MemberRow } from '#modules/segments/server/membership/evaluation-sql.ts'
import { jsonTime } from '#platform/ch/time.ts'

type Run = { workspace: number; version: number; at: number }

const stamp = jsonTime

/** Rows of `segment_member`. Who enters is in since now; others keep what was known. */
export function memberLines(run: Run, rows: readonly MemberRow[]): string {
  const line = ({ segment, person, member, flipped, recheck, since }: MemberRow): string =>
    `{"ws":${run.workspace},"segment":${segment},"person":${person},"member":${member},"flipped":${flipped},` +
    `"recheck_at":${recheck},"since":${stamp(member && flipped ? run.at : since)},"version":${run.version}}\n`
  return rows.map(line).join('')
}

/** Rows of `segment_change`. */
export function changeLines(run: Run, flips: readonly Flip[]): string {
  const line = ({ segment, person, member }: Flip): string =>
    `{"ws":${run.workspace},"segment":${segment},"at":${stamp(run.at)},"person":${person},"entered":${member},"version":${run.version}}\n`
  return flips.map(line).join('')
}

export type Flip = Pick<MemberRow, 'segment' | 'person' | 'member'>

/** Rows of `segment_size`: one per segment and hour, the last one counts. */
export function sizeLines(run: Run, sizes: ReadonlyMap<number, number>): string {
  const hour = Math.floor(run.at / 3_600_000) * 3600
  const line = ([segment, size]: [number, number]): string =>
    `{"ws":${run.workspace},"segment":${segment},"at":${hour},"size":${size},"version":${run.version}}\n`
  return [...sizes].map(line).join('')
}
