import { sql } from 'kysely'
import { isInScope } from '#modules/access/index.ts'
import type { Company } from '#modules/companies/contract.ts'
import type { CircleDeps } from '#modules/companies/server/circle-deps.ts'
import { personsOfCircles } from '#modules/companies/server/circle-people.ts'
import {
  type CircleRow,
  companiesCalled,
  insertCircles,
  readCircle,
  registerAttributes,
  saveTraits,
} from '#modules/companies/server/circle-store.ts'
import { presentCompany } from '#modules/companies/server/present-company.ts'
import { missing, requireCompany } from '#modules/companies/server/read-company.ts'
import { attributesOf, domainOf, namedBy, tellTrait } from '#modules/companies/server/told.ts'
import {
  activeMember,
  byHand,
  changePeople,
  type FirstLook,
  firstLook,
  looksMasked,
  nothing,
} from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { type Tx, violates } from '#platform/pg/database.ts'

export type CompanyValues = {
  externalId?: string | null | undefined
  name?: string | null | undefined
  domain?: string | null | undefined
  attributes?: Record<string, unknown> | undefined
  owner?: string | null | undefined
}

/** A new company, or the one that is called so already with these values: a repeat changes nothing. */
export async function createCompany(
  deps: CircleDeps,
  ctx: WorkspaceCtx,
  values: CompanyValues,
): Promise<Company> {
  const named = [values.name, values.externalId, values.domain, values.attributes?.name]
  if (!named.some((one) => typeof one === 'string' && one.trim() !== ''))
    throw new AppError('company.nameless', 'invalid', 'A company has a name, a domain or an external id.', {
      details: { path: '/body/name' },
    })
  return write(deps, ctx, values, async (tx) => {
    const [known] = values.externalId ? await companiesCalled(tx, tx.workspace, [values.externalId]) : []
    // As if it were not there, for whoever may not see it; its name is taken all the same, by a deleted one, too.
    if (known && !isInScope(ctx.scope, known)) throw missing('company')
    return known
  })
}

export function updateCompany(
  deps: CircleDeps,
  ctx: WorkspaceCtx,
  id: string,
  values: CompanyValues,
): Promise<Company> {
  return write(deps, ctx, values, (tx) => requireCompany(tx, ctx, id))
}

export async function removeCompany(deps: CircleDeps, ctx: WorkspaceCtx, id: string): Promise<void> {
  await changePeople(deps, ctx, {
    plan: (tx) => requireCompany(tx, ctx, id),
    carryOut: async (tx, row) => {
      await setDeleted(tx, row.num, new Date(ctx.now))
      await deps.audit(tx, ctx, { action: 'company.deleted', subject: row.id, details: { name: row.name } })
      return { result: undefined, ...(await aroundCircles(tx, [row.num])) }
    },
  })
}

export async function restoreCompany(deps: CircleDeps, ctx: WorkspaceCtx, id: string): Promise<Company> {
  const row = await changePeople(deps, ctx, {
    plan: async (tx) => {
      const found = await readCircle(tx, 'company', id)
      if (!found || !isInScope(ctx.scope, found)) throw missing('company')
      return found
    },
    carryOut: async (tx, found) => {
      if (found.deletedAt === null) return { result: found, change: nothing(tx.workspace), shipments: [] }
      await setDeleted(tx, found.num, null)
      await deps.audit(tx, ctx, { action: 'company.restored', subject: found.id, details: {} })
      return { result: found, ...(await aroundCircles(tx, [found.num])) }
    },
  })
  return presentCompany(deps, ctx, row)
}

const setDeleted = (tx: Tx, num: number, at: Date | null) =>
  tx.run(sql`update companies.circle set deleted_at = ${at}, version = nextval('companies.version_seq')
    where workspace_id = ${tx.workspace} and num = ${num}`)

/** What a write did that touched circles alone. */
export async function aroundCircles(tx: Tx, nums: readonly number[]) {
  const around = await personsOfCircles(tx, tx.workspace, nums)
  return { change: { ...nothing(tx.workspace), around }, shipments: [] }
}

type Planned = { known: CircleRow | undefined; owner: { id: string; department: string | null } | null }

async function write(
  deps: CircleDeps,
  ctx: WorkspaceCtx,
  values: CompanyValues,
  find: (tx: Tx) => Promise<CircleRow | undefined>,
): Promise<Company> {
  const traits = traitsOf(values)
  const row = await changePeople(deps, ctx, {
    plan: async (tx): Promise<Planned> => {
      const known = await find(tx)
      if (values.externalId && values.externalId !== known?.externalId)
        if ((await companiesCalled(tx, tx.workspace, [values.externalId])).length > 0)
          throw new AppError('company.external_id_taken', 'conflict', 'Another company is called so.')
      const after = { ...attributesOf(known?.traits ?? {}), ...traits }
      const calls = values.externalId === undefined ? known?.externalId : values.externalId
      const { name, domain } = namedBy(after)
      if (name === '' && domain === '' && !calls)
        throw new AppError('company.nameless', 'invalid', 'A company has a name, a domain or an external id.')
      return { known, owner: await ownerOf(tx, values.owner) }
    },
    carryOut: async (tx, { known, owner }) => {
      const num = known?.num ?? (await insert(tx, ctx, values))
      const before = known?.traits ?? {}
      const kept = { ...before }
      let shown = known === undefined
      for (const [name, value] of Object.entries(traits)) {
        const at = Math.max(ctx.now, (before[name]?.[1] ?? 0) + 1)
        if (JSON.stringify(before[name]?.[0]) === JSON.stringify(value)) continue
        shown = tellTrait(kept, name, [value, at, byHand]).shown || shown
      }
      await saveTraits(tx, tx.workspace, [
        {
          num,
          traits: kept,
          ...namedBy(attributesOf(kept)),
          shown,
          from: known?.createdAt.getTime() ?? ctx.now,
        },
      ])
      await registerAttributes(tx, tx.workspace, typesOf(traits))
      await saveFixed(tx, num, values, owner, known)
      await deps.audit(tx, ctx, {
        action: known ? 'company.updated' : 'company.created',
        subject: known?.id ?? null,
        details: {
          attributes: Object.keys(traits),
          ...(values.owner === undefined ? {} : { owner: values.owner }),
        },
      })
      return { result: num, ...(await aroundCircles(tx, [num])) }
    },
  })
  const found = await deps.database.read(ctx, (tx) =>
    tx.row<{ id: string }>(
      sql`select id from companies.circle where workspace_id = ${tx.workspace} and num = ${row}`,
    ),
  )
  const circle = await deps.database.read(ctx, (tx) => readCircle(tx, 'company', found?.id ?? ''))
  return presentCompany(deps, ctx, circle as CircleRow)
}

/** Name and domain are attributes as well. */
function traitsOf({ name, domain, attributes }: CompanyValues): Record<string, unknown> {
  const traits: Record<string, unknown> = { ...attributes }
  for (const [name, value] of Object.entries(traits))
    if (looksMasked(value))
      throw new AppError('attribute.masked_value', 'invalid', 'This is a masked value; write the full one.', {
        details: { path: `/body/attributes/${name}` },
      })
  if (name !== undefined) traits.name = name
  if (domain !== undefined) {
    const host = domain === null ? null : domainOf(domain)
    if (host === '')
      throw new AppError('company.bad_domain', 'invalid', 'A domain looks like example.com.', {
        details: { path: '/body/domain' },
      })
    traits.domain = host
  }
  return traits
}

const typesOf = (traits: Record<string, unknown>): Map<string, FirstLook> =>
  new Map(
    Object.entries(traits).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, firstLook(name, value)]],
    ),
  )

async function ownerOf(tx: Tx, owner: string | null | undefined) {
  if (owner === null || owner === undefined) return null
  const member = await activeMember(tx, owner)
  if (member) return member
  throw new AppError('company.owner_missing', 'invalid', 'There is no active member with this id.', {
    details: { path: '/body/owner' },
  })
}

async function insert(tx: Tx, ctx: WorkspaceCtx, { externalId = null }: CompanyValues): Promise<number> {
  const id = newId('com')
  const made = await insertCircles(tx, tx.workspace, [{ id, kind: 'company', externalId, at: ctx.now }])
  return made.get(id) as number
}

/** What stands in columns of its own: who looks after it, what sources call it, that it is there. */
async function saveFixed(
  tx: Tx,
  num: number,
  values: CompanyValues,
  owner: Planned['owner'],
  known: CircleRow | undefined,
): Promise<void> {
  const externalId = values.externalId === undefined ? known?.externalId : values.externalId
  const isSame =
    known !== undefined &&
    known.deletedAt === null &&
    known.externalId === externalId &&
    (values.owner === undefined || known.owner === (owner?.id ?? null))
  if (isSame) return
  const [id, department] =
    values.owner === undefined
      ? [known?.owner ?? null, known?.department ?? null]
      : [owner?.id ?? null, owner?.department ?? null]
  try {
    await tx.run(sql`update companies.circle set owner = ${id}, department = ${department},
      external_id = coalesce(${externalId ?? null}, case when ${values.externalId === null} then null else external_id end),
      deleted_at = null, version = nextval('companies.version_seq')
      where workspace_id = ${tx.workspace} and num = ${num}`)
  } catch (error) {
    if (!violates(error, 'circle_workspace_id_kind_external_id_key')) throw error
    throw new AppError('company.external_id_taken', 'conflict', 'Another company is called so.')
  }
}
