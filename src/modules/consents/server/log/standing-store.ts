import { sql } from 'kysely'
import { type AddressHasher, channelsOf } from '#modules/consents/server/address.ts'
import {
  newStanding,
  type RefusalRow,
  type Speaker,
  type Standing,
  type StateRow,
} from '#modules/consents/server/log/apply-statements.ts'
import type { Tx } from '#platform/pg/database.ts'

export type HolderRow = {
  unit: number
  kind: string
  value: string
  person: number
  home: boolean
  seen: boolean
}

/** Every identifier of these people, shared ones too. */
export const identifiersOf = (tx: Tx, persons: readonly number[]): Promise<HolderRow[]> =>
  tx.rows<HolderRow>(sql`
    select unit, kind, value, person, home, seen from read.identifier_holder
    where workspace_id = ${tx.workspace} and person = any(${[...persons]}::bigint[]) order by unit`)

export type KnownSpeaker = Speaker & {
  addresses: readonly { channel: string; hash: string; unit: number; kind: string; value: string }[]
}

/** These people as speakers, by number; who is nobody any more is left out. */
export async function loadSpeakers(
  tx: Tx,
  hash: AddressHasher,
  persons: readonly number[],
): Promise<Map<number, KnownSpeaker>> {
  const rows = await identifiersOf(tx, persons)
  const speakers = [...Map.groupBy(rows, (row) => row.person)].map(([root, all]) => {
    const addresses = all.flatMap(({ unit, kind, value }) => {
      const channels = channelsOf(kind)
      const hashed = channels.length === 0 ? '' : hash(tx.workspace, value).toString('hex')
      return channels.map((channel) => ({ channel, hash: hashed, unit, kind, value }))
    })
    const home = all.filter((row) => row.home).map((row) => row.unit)
    return [root, { root, home, addresses }] as const
  })
  return new Map(speakers.filter(([, speaker]) => speaker.home.length > 0))
}

/** Changes of these addresses and people wait for claims under way, and claims for them. Before anything is read. */
export const ownBuckets = (tx: Tx, buckets: readonly number[]): Promise<number> =>
  tx.run(sql`select consents.own_buckets(${tx.workspace}, ${[...buckets]}::int[])`)

export const hex = (address: string): Buffer => Buffer.from(address, 'hex')

export async function loadStates(tx: Tx, units: readonly number[]): Promise<StateRow[]> {
  const rows = await tx.rows<Omit<StateRow, 'at'> & { at: Date }>(sql`
    select unit, channel, topic, state, at from consents.state
    where workspace_id = ${tx.workspace} and unit = any(${[...units]}::bigint[])`)
  return rows.map((row) => ({ ...row, at: row.at.getTime() }))
}

type StoredRefusal = Omit<RefusalRow, 'at' | 'except' | 'address'> & {
  address: Buffer
  at: Date
  except: string[]
}
const asRefusal = ({ at, except, address, ...row }: StoredRefusal): RefusalRow => ({
  ...row,
  address: address.toString('hex'),
  except: new Set(except),
  at: at.getTime(),
})

/** What these identifiers refused, and what was refused for these addresses. */
export async function loadRefusals(
  tx: Tx,
  units: readonly number[],
  addresses: readonly string[],
): Promise<RefusalRow[]> {
  const columns = sql`address, channel, topic, unit, except_topics as except, at`
  const rows = await tx.rows<StoredRefusal>(sql`
    select ${columns} from consents.address_refusal
    where workspace_id = ${tx.workspace} and unit = any(${[...units]}::bigint[])
    union
    select ${columns} from consents.address_refusal
    where workspace_id = ${tx.workspace} and address = any(${addresses.map(hex)}::bytea[])`)
  return rows.map(asRefusal)
}

export async function loadStanding(
  tx: Tx,
  units: readonly number[],
  addresses: readonly string[],
): Promise<Standing> {
  return newStanding(await loadStates(tx, units), await loadRefusals(tx, units, addresses))
}

/** Writes what changed. */
export async function saveStanding(tx: Tx, { states, refusals, changed }: Standing): Promise<void> {
  const gone = [...changed.states].filter((key) => !states.has(key)).map(partsOf)
  const put = [...changed.states].flatMap((key) => states.get(key) ?? [])
  if (gone.length > 0)
    await tx.run(sql`
      delete from consents.state s
      using jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) as g (unit bigint, channel text, topic text)
      where s.workspace_id = ${tx.workspace} and s.unit = g.unit and s.channel = g.channel and s.topic = g.topic`)
  if (put.length > 0)
    await tx.run(sql`
      insert into consents.state (workspace_id, unit, channel, topic, state, at)
      select ${tx.workspace}::int, unit, channel, topic, state, to_timestamp(at / 1000.0)
      from jsonb_to_recordset(${JSON.stringify(put)}::jsonb)
        as p (unit bigint, channel text, topic text, state text, at numeric)
      on conflict (workspace_id, unit, channel, topic) do update set state = excluded.state, at = excluded.at`)
  await saveRefusals(tx, refusals, changed.refusals)
}

/** `unit channel topic`: neither of them has a space in it. */
function partsOf(key: string) {
  const [unit, channel, topic = ''] = key.split(' ')
  return { unit: Number(unit), channel, topic }
}

async function saveRefusals(
  tx: Tx,
  refusals: Standing['refusals'],
  changed: ReadonlySet<string>,
): Promise<void> {
  const gone = [...changed]
    .filter((key) => !refusals.has(key))
    .map((key) => {
      const [address, channel, topic, unit] = key.split(' ')
      return { address, channel, topic, unit: Number(unit) }
    })
  const put = [...changed].flatMap((key) => {
    const row = refusals.get(key)
    return row ? [{ ...row, except: [...row.except] }] : []
  })
  if (gone.length > 0)
    await tx.run(sql`
      delete from consents.address_refusal r
      using jsonb_to_recordset(${JSON.stringify(gone)}::jsonb)
        as g (address text, channel text, topic text, unit bigint)
      where r.workspace_id = ${tx.workspace} and r.address = decode(g.address, 'hex') and r.channel = g.channel
        and r.topic = g.topic and r.unit = g.unit`)
  if (put.length > 0)
    await tx.run(sql`
      insert into consents.address_refusal (workspace_id, address, channel, topic, unit, except_topics, at)
      select ${tx.workspace}::int, decode(address, 'hex'), channel, topic, unit,
        array(select jsonb_array_elements_text("except")), to_timestamp(at / 1000.0)
      from jsonb_to_recordset(${JSON.stringify(put)}::jsonb)
        as p (address text, channel text, topic text, unit bigint, "except" jsonb, at numeric)
      on conflict (workspace_id, address, channel, topic, unit) do update
        set except_topics = excluded.except_topics, at = excluded.at`)
}
