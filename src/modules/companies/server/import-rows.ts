import { sql } from 'kysely'
import {
  type CircleRow,
  companiesBy,
  companiesCalled,
  insertCircles,
  registerAttributes,
  saveTraits,
} from '#modules/companies/server/circle-store.ts'
import { attributesOf, domainOf, namedBy, type Traits, tellTrait } from '#modules/companies/server/told.ts'
import { type FirstLook, firstLook, type Told } from '#modules/profiles/index.ts'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

export const companyKeys = ['external_id', 'domain', 'name'] as const
export type CompanyKey = { kind: string; value: string }

/** A row of a file about a company; `messageId` and `time` are those its values are told under. */
export type CompanyRow = {
  key: CompanyKey
  attributes: Record<string, unknown>
  messageId: string
  time: number
}
export type CompanyOutcome = {
  outcome: 'created' | 'updated' | 'same' | 'ambiguous' | 'known' | 'unknown'
  /** Public id of the company. */
  company: string | null
  /** Whether it had been deleted before. */
  restored: boolean
  /** What stood before, by attribute: for taking it back. */
  before: Record<string, Told | null>
}
type Mode = 'both' | 'create' | 'update'
type Held = {
  row: CircleRow | undefined
  id: string
  traits: Traits
  fresh: boolean
  shown: boolean
  from: number
}

/** The spelling companies are found by; undefined when it can be none. */
export function companyKey(kind: string, value: string): string | undefined {
  const text = value.trim()
  if (kind === 'domain') return domainOf(text) || undefined
  return text === '' || text.length > (kind === 'name' ? 300 : 500) ? undefined : text
}

/**
 * Takes rows in, one after the other, and answers what became of each; the numbers of companies that look different are
 * in `changed`. Inside the projector's turn. Without `write` nothing is kept: `seen` tells of keys earlier rows made.
 */
export async function takeCompanyRows(
  tx: Tx,
  rows: readonly CompanyRow[],
  options: { mode: Mode; write: boolean; seen: (key: CompanyKey) => boolean },
): Promise<{ outcomes: CompanyOutcome[]; changed: number[] }> {
  const found = await lookUp(tx, rows)
  const held = new Map<string, Held>()
  const outcomes = rows.map((row) => takeRow(row, found, held, options))
  if (!options.write) return { outcomes, changed: [] }
  return { outcomes, changed: await write(tx, rows, held) }
}

function takeRow(
  { key, attributes, messageId, time }: CompanyRow,
  found: ReadonlyMap<string, CircleRow[]>,
  held: Map<string, Held>,
  { mode, seen }: { mode: Mode; seen: (key: CompanyKey) => boolean },
): CompanyOutcome {
  const nothing = { company: null, restored: false, before: {} }
  const all = found.get(nameOf(key)) ?? []
  if (all.length > 1) return { outcome: 'ambiguous', ...nothing }
  const [row] = all
  const place = row?.id ?? nameOf(key)
  const known = held.get(place)
  const isThere = known !== undefined || seen(key) || (row !== undefined && row.deletedAt === null)
  if (mode === 'create' && isThere) return { outcome: 'known', ...nothing }
  if (mode === 'update' && !isThere) return { outcome: 'unknown', ...nothing }
  const one: Held = known ?? {
    row,
    id: row?.id ?? newId('com'),
    traits: { ...row?.traits },
    fresh: row === undefined,
    shown: row === undefined || row.deletedAt !== null,
    from: time,
  }
  const before: Record<string, Told | null> = {}
  let changes = false
  for (const [name, value] of Object.entries({ ...attributes, ...keyAttribute(key) })) {
    const stood = Object.hasOwn(one.traits, name) ? (one.traits[name] as Told) : null
    if (stood && JSON.stringify(stood[0]) === JSON.stringify(value)) continue
    const told = tellTrait(one.traits, name, [value, time, messageId])
    if (told.kept) before[name] = stood
    changes ||= told.shown
  }
  one.shown ||= changes
  held.set(place, one)
  const base = { company: one.id, restored: row !== undefined && row.deletedAt !== null && !known, before }
  if (!isThere) return { outcome: 'created', ...base }
  return { outcome: changes ? 'updated' : 'same', ...base }
}

/** A key that is a domain or a name is told as one; the external id stands by itself. */
const keyAttribute = ({ kind, value }: CompanyKey): Record<string, unknown> =>
  kind === 'domain' || kind === 'name' ? { [kind]: value } : {}

async function lookUp(tx: Tx, rows: readonly CompanyRow[]): Promise<Map<string, CircleRow[]>> {
  const valuesOf = (kind: string) => [
    ...new Set(rows.filter(({ key }) => key.kind === kind).map(({ key }) => key.value)),
  ]
  const found = new Map<string, CircleRow[]>()
  const add = (kind: string, value: string, row: CircleRow) => {
    const name = nameOf({ kind, value })
    found.set(name, [...(found.get(name) ?? []), row])
  }
  for (const row of await companiesCalled(tx, tx.workspace, valuesOf('external_id')))
    add('external_id', row.externalId as string, row)
  for (const row of await companiesBy(tx, 'domain', valuesOf('domain'))) add('domain', row.domain, row)
  for (const row of await companiesBy(tx, 'name', valuesOf('name'))) add('name', row.name, row)
  return found
}

const nameOf = ({ kind, value }: CompanyKey): string => `${kind}:${value}`

async function write(
  tx: Tx,
  rows: readonly CompanyRow[],
  held: ReadonlyMap<string, Held>,
): Promise<number[]> {
  const all = [...held]
  const numbers = await insertCircles(
    tx,
    tx.workspace,
    all
      .filter(([, one]) => one.fresh)
      .map(([place, one]) => ({
        id: one.id,
        kind: 'company' as const,
        externalId: place.startsWith('external_id:') ? place.slice('external_id:'.length) : null,
        at: one.from,
      })),
  )
  const changes = all.map(([, one]) => ({
    num: one.row?.num ?? (numbers.get(one.id) as number),
    traits: one.traits,
    ...namedBy(attributesOf(one.traits)),
    shown: one.shown,
    from: one.row?.createdAt.getTime() ?? one.from,
  }))
  await saveTraits(tx, tx.workspace, changes)
  const deleted = all.flatMap(([, { row }]) => (row && row.deletedAt !== null ? [row.num] : []))
  await tx.run(sql`update companies.circle set deleted_at = null
    where workspace_id = ${tx.workspace} and num = any(${deleted}::bigint[])`)
  const types = new Map<string, FirstLook>()
  for (const { attributes } of rows)
    for (const [name, value] of Object.entries(attributes))
      if (!types.has(name)) types.set(name, firstLook(name, value))
  await registerAttributes(tx, tx.workspace, types)
  return changes.filter((one) => one.shown).map((one) => one.num)
}

export type CompanyUndo = { company: string; before: Record<string, Told | null> }

/** Puts back what stood before, where the file's values still stand; answers companies that look different. */
export async function takeCompanyRowsBack(
  tx: Tx,
  rows: readonly CompanyUndo[],
  isTold: (messageId: string) => boolean,
): Promise<number[]> {
  const circles = new Map((await circlesOf(tx, rows)).map((row) => [row.id, row]))
  const touched = new Set<CircleRow>()
  for (const { company, before } of rows) {
    const circle = circles.get(company)
    if (!circle) continue
    for (const [name, stood] of Object.entries(before)) {
      const told = Object.hasOwn(circle.traits, name) ? circle.traits[name] : undefined
      if (!told || !isTold(told[2])) continue
      // An earlier row of the same file stands for nothing.
      if (stood && !isTold(stood[2])) circle.traits[name] = stood
      else delete circle.traits[name]
      touched.add(circle)
    }
  }
  const changes = [...touched].map((circle) => ({
    num: circle.num,
    traits: circle.traits,
    ...namedBy(attributesOf(circle.traits)),
    shown: true,
    from: circle.createdAt.getTime(),
  }))
  await saveTraits(tx, tx.workspace, changes)
  return changes.map((one) => one.num)
}

/** Of companies a file made or brought back, those nothing else is known of; answers how many went. */
export async function removeTracelessCompanies(
  tx: Tx,
  { made, restored }: { made: readonly string[]; restored: readonly string[] },
  now: number,
): Promise<number> {
  // Without its external id, so that a later group call makes it anew instead of filling a hidden one.
  const gone = await tx.run(sql`
    update companies.circle c set deleted_at = ${new Date(now)}, external_id = null,
      version = nextval('companies.version_seq')
    where c.workspace_id = ${tx.workspace} and c.id = any(${made}::text[]) and c.deleted_at is null and c.traits = '{}'
      and c.owner is null
      and not exists (select from companies.member m where m.workspace_id = c.workspace_id and m.circle = c.num)`)
  const back = await tx.run(sql`
    update companies.circle c set deleted_at = ${new Date(now)}, version = nextval('companies.version_seq')
    where c.workspace_id = ${tx.workspace} and c.id = any(${restored}::text[]) and c.deleted_at is null`)
  return gone + back
}

const circlesOf = (tx: Tx, rows: readonly CompanyUndo[]): Promise<CircleRow[]> =>
  tx.rows<CircleRow>(sql`
    select num, id, traits, created_at as "createdAt" from companies.circle
    where workspace_id = ${tx.workspace} and kind = 'company' and id = any(${rows.map((one) => one.company)}::text[])`)
