import { sql } from 'kysely'
import type { ClaimRow, RunRow } from '#modules/profiles/identity/identity-store.ts'
import { compareMoments } from '#modules/profiles/identity/observation.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Removes who is gone from the claims of devices that stay, and tells the runs of such devices anew. */
export async function eraseClaims(
  tx: Tx,
  workspace: number,
  staying: readonly number[],
  going: ReadonlySet<number>,
): Promise<void> {
  const gone = [...going]
  for (const table of ['device_claim', 'device_run'])
    await tx.run(sql`
      delete from ${sql.table(`profiles.${table}`)} where workspace_id = ${workspace} and device = any(${gone}::bigint[])`)
  const touched = await tx.rows<ClaimRow>(sql`
    delete from profiles.device_claim where workspace_id = ${workspace} and device = any(${staying}::bigint[])
      and key && ${gone}::bigint[]
    returning device, key::float8[] as key, times::float8[] as times, message_ids as "messageIds"`)
  if (touched.length === 0) return
  const left = touched
    .filter((claim) => !going.has(claim.key[0] as number)) // their own events, which are gone
    .map((claim) => ({ ...claim, key: claim.key.filter((unit) => !going.has(unit)) }))
  await insertClaims(tx, workspace, left)
  await renewRuns(tx, workspace, [...new Set(touched.map((claim) => claim.device))])
}

const insertClaims = (tx: Tx, workspace: number, claims: readonly ClaimRow[]) =>
  tx.run(sql`
    insert into profiles.device_claim (workspace_id, device, key, times, message_ids)
    select ${workspace}, device, key, times, "messageIds" from jsonb_to_recordset(${JSON.stringify(claims)}::jsonb)
      as c (device bigint, key bigint[], times bigint[], "messageIds" text[])`)

async function renewRuns(tx: Tx, workspace: number, devices: readonly number[]): Promise<void> {
  const claims = await tx.rows<ClaimRow>(sql`
    select device, key::float8[] as key, times::float8[] as times, message_ids as "messageIds" from profiles.device_claim
    where workspace_id = ${workspace} and device = any(${devices}::bigint[])`)
  await tx.run(sql`
    delete from profiles.device_run where workspace_id = ${workspace} and device = any(${devices}::bigint[])`)
  await tx.run(sql`
    insert into profiles.device_run (workspace_id, device, key, time, message_id)
    select ${workspace}, device, key, time, "messageId" from jsonb_to_recordset(${JSON.stringify(runsOf(claims))}::jsonb)
      as r (device bigint, key bigint[], time bigint, "messageId" text)`)
}

/** A run is the first of claims by the same set, one after the other. */
export function runsOf(claims: readonly ClaimRow[]): RunRow[] {
  const runs: RunRow[] = []
  for (const [device, ones] of Map.groupBy(claims, (claim) => claim.device)) {
    const moments = ones
      .flatMap(({ key, times, messageIds }) =>
        times.map((time, at) => ({ device, key, time, messageId: messageIds[at] as string })),
      )
      .sort(compareMoments)
    let last = ''
    for (const moment of moments) {
      if (moment.key.join() !== last) runs.push(moment)
      last = moment.key.join()
    }
  }
  return runs
}
