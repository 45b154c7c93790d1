import type { Tx } from '#platform/pg/database.ts'
import type { Shipment } from '#slots/people-change.ts'

/** A person as others may make rows of them: what is at home with them, and every identifier, shared ones too. */
export type ProjectedPerson = {
  person: number
  home: readonly number[]
  identifiers: readonly { kind: string; value: string }[]
}

/**
 * Extension point: further ClickHouse rows about people, shipped whenever their row in `people` is, rebuilt with it, and
 * put right with it after a crash. A pure function of Postgres; rows are keyed (ws, person) and carry the version they
 * are shipped under, so the last one counts.
 * Example: consents and who can be reached.
 */
export type PersonProjection = {
  name: string
  /** Table it fills, with the columns `ws`, `person`, `deleted` and `version`. */
  table: string
  /** `gone` are nobody any more. `workspace` because system transactions stand in none. */
  project(
    tx: Tx,
    workspace: number,
    people: { here: readonly ProjectedPerson[]; gone: readonly number[] },
    version: number,
  ): Promise<Shipment>
}
