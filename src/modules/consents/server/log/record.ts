import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { ConsentSource, Proof } from '#modules/consents/contract/shapes.ts'
import { bucketsOf } from '#modules/consents/server/address.ts'
import type { ConsentDeps } from '#modules/consents/server/consent-deps.ts'
import { applyStatement, type Said, unitOf } from '#modules/consents/server/log/apply-statements.ts'
import {
  hex,
  type KnownSpeaker,
  loadSpeakers,
  loadStanding,
  ownBuckets,
  saveStanding,
} from '#modules/consents/server/log/standing-store.ts'
import { liftSuppressions } from '#modules/consents/server/suppressions/suppression-store.ts'
import { loadClasses } from '#modules/consents/server/topics/topic-store.ts'
import type { Tx } from '#platform/pg/database.ts'

export type Statement = Said & {
  /** Number of the person. */
  person: number
  source: ConsentSource
  proof: Proof
  by: { kind: string; name: string }
}

export type Recorded = { statement: Statement; noted: boolean; applied: boolean }

/**
 * Notes statements, and what counts after them, in the caller's transaction; from its commit on they are seen wherever
 * messages are claimed. The same statement with the same proof again changes nothing. Whose rows in ClickHouse are behind
 * by it is noted too: `shipSoon` after the commit brings them up to date.
 */
export async function recordStatements(
  deps: Pick<ConsentDeps, 'hash' | 'listeners'>,
  tx: Tx,
  statements: readonly Statement[],
): Promise<Recorded[]> {
  const persons = [...new Set(statements.map((one) => one.person))]
  const speakers = await loadSpeakers(tx, deps.hash, persons)
  const units = [...speakers.values()].flatMap((one) => one.home)
  const from = statements.flatMap((one) => one.from ?? [])
  const addresses = [...speakers.values()].flatMap((one) => one.addresses.map(({ hash }) => hash))
  await ownBuckets(tx, bucketsOf([...addresses, ...from].map(hex), units))
  const classes = await loadClasses(tx)
  const standing = await loadStanding(tx, units, from)
  const last = await lastEntries(tx, units)
  const recorded: Recorded[] = []
  for (const statement of statements) {
    const speaker = speakers.get(statement.person)
    if (!speaker) continue
    const unit = unitOf(speaker, statement)
    const key = `${unit} ${statement.channel} ${statement.topic}`
    if (isSame(last.get(key), statement)) {
      recorded.push({ statement, noted: false, applied: false })
      continue
    }
    const applied = applyStatement(standing, speaker, statement, classes)
    last.set(key, statement)
    recorded.push({ statement, noted: true, applied })
  }
  await saveStanding(tx, standing)
  const noted = recorded.filter((one) => one.noted)
  await insertEntries(tx, noted, speakers)
  await afterwards(deps, tx, noted, speakers)
  return recorded
}

type LastEntry = Pick<Statement, 'state' | 'source' | 'proof' | 'from'>

const isSame = (last: LastEntry | undefined, { state, source, proof, from }: Statement): boolean =>
  last !== undefined &&
  last.state === state &&
  last.source === source &&
  last.from === from &&
  isDeepStrictEqual(last.proof, proof)

/** The last word of each identifier on each topic of each channel. */
async function lastEntries(tx: Tx, units: readonly number[]): Promise<Map<string, LastEntry>> {
  const rows = await tx.rows<LastEntry & { key: string; address: Buffer | null }>(sql`
    select distinct on (unit, channel, topic) unit || ' ' || channel || ' ' || topic as key, state, source, proof, address
    from consents.entry where workspace_id = ${tx.workspace} and unit = any(${[...units]}::bigint[])
    order by unit, channel, topic, at desc, seq desc`)
  return new Map(rows.map(({ key, address, ...row }) => [key, { ...row, from: address?.toString('hex') }]))
}

async function insertEntries(
  tx: Tx,
  noted: readonly Recorded[],
  speakers: ReadonlyMap<number, KnownSpeaker>,
): Promise<void> {
  if (noted.length === 0) return
  const rows = noted.map(({ statement, applied }) => ({
    ...statement,
    unit: unitOf(speakers.get(statement.person) as KnownSpeaker, statement),
    by: statement.by.name,
    by_kind: statement.by.kind,
    address: statement.from ?? null,
    applied,
  }))
  await tx.run(sql`
    insert into consents.entry
      (workspace_id, unit, channel, topic, state, at, source, proof, by, by_kind, address, applied)
    select ${tx.workspace}::int, unit, channel, topic, state, to_timestamp(at / 1000.0), source, proof, "by", by_kind,
      decode(address, 'hex'), applied
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (unit bigint, channel text, topic text, state text,
      at numeric, source text, proof jsonb, "by" text, by_kind text, address text, applied boolean)`)
}

/** What follows from statements: addresses that take messages again, rows that are behind, who is told. */
async function afterwards(
  deps: Pick<ConsentDeps, 'listeners'>,
  tx: Tx,
  noted: readonly Recorded[],
  speakers: ReadonlyMap<number, KnownSpeaker>,
): Promise<void> {
  const applied = noted.filter((one) => one.applied)
  if (applied.length === 0) return
  for (const { statement } of applied)
    if (statement.state === 'granted' && statement.from !== undefined)
      await liftSuppressions(tx, statement.channel, hex(statement.from))
  const touched = [...new Set(applied.map(({ statement }) => statement.person))]
  const units = touched.flatMap((person) => speakers.get(person)?.addresses.map(({ unit }) => unit) ?? [])
  await noteUnshipped(tx, [...touched, ...units])
  const changes = applied.map(({ statement: { person, channel, topic, state, source, at } }) => ({
    ...{ person, channel, state, source, at },
    topic: topic === '' ? null : topic,
  }))
  for (const one of deps.listeners) await one.changed(tx, tx.workspace, changes)
}

/** Rows of whoever these identifiers belong to are behind. */
export async function noteUnshipped(tx: Tx, units: readonly number[]): Promise<void> {
  if (units.length === 0) return
  await tx.run(sql`
    insert into consents.unshipped (workspace_id, unit)
    select ${tx.workspace}::int, unit from unnest(${[...new Set(units)]}::bigint[]) as u (unit)`)
}
