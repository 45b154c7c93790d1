import type { Attribute, DescribeAttribute, NewAttribute } from '#modules/profiles/attribute-shapes.ts'
import { namedContacts } from '#modules/profiles/server/attributes/attribute-marks.ts'
import {
  type AttributeRow,
  newAttribute,
  readAttribute,
  removeAttribute,
  requireAttribute,
  saveAttribute,
  withSaid,
} from '#modules/profiles/server/attributes/attribute-store.ts'
import { factsOf, presentAttribute } from '#modules/profiles/server/attributes/list-attributes.ts'
import { refreshKind } from '#modules/profiles/server/attributes/refresh-people.ts'
import { changePeople, nothing } from '#modules/profiles/server/change-people.ts'
import { noMask } from '#modules/profiles/server/masking/mask.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Declares an attribute before anybody has it. */
export function createAttribute(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  given: NewAttribute,
): Promise<Attribute> {
  return deps.database.write(ctx, async (tx) => {
    if (await readAttribute(tx, given.name))
      throw new AppError('attribute.exists', 'conflict', 'There is an attribute of this name already.')
    const before = { ...newAttribute(given.name), personal: namedContacts.has(given.name) }
    return save(deps, ctx, tx, { before, given, action: 'attribute.created' })
  })
}

/** Changes what is said of an attribute. Stored values stay as they were sent, whatever the type now is. */
export function describeAttribute(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  given: DescribeAttribute,
): Promise<Attribute> {
  return deps.database.write(ctx, async (tx) => {
    const before = await requireAttribute(tx, given.name)
    return save(deps, ctx, tx, { before, given, action: 'attribute.described' })
  })
}

type Saving = { before: AttributeRow; given: DescribeAttribute; action: string }

async function save(deps: ProfileDeps, ctx: WorkspaceCtx, tx: Tx, { before, given, action }: Saving) {
  const row = withSaid(before, given, ctx.now)
  refuse(ctx, before, row)
  await saveAttribute(tx, row)
  const { name: _name, ...said } = given
  await deps.audit(tx, ctx, { action, subject: row.name, details: said })
  // How people are stored depends on these; the others are read where they are shown.
  const spelling = contactType(before) !== contactType(row)
  if (spelling || before.personal !== row.personal || before.searchable !== row.searchable) {
    const { actor } = ctx
    await enqueue(tx, {
      kind: refreshKind,
      key: `spelling: ${spelling}`,
      payload: { spelling },
      title: row.label_zh || row.label_en || row.name,
      ...(actor.kind === 'member' ? { memberId: actor.memberId } : {}),
    })
  }
  return presentAttribute(row, ctx.language)
}

/** In which spelling values are stored. */
function contactType({ name, type, declared }: AttributeRow): string {
  if (declared && (type === 'email' || type === 'phone')) return type
  return declared ? 'as sent' : (namedContacts.get(name) ?? 'as sent')
}

function refuse(ctx: WorkspaceCtx, before: AttributeRow, row: AttributeRow): void {
  if ((row.type === 'enum' || row.type === 'multi_enum') && row.options.length === 0)
    throw new AppError('attribute.no_options', 'invalid', 'An attribute to choose from needs options.', {
      details: { path: '/body/options' },
    })
  if (row.personal) return
  if (namedContacts.has(row.name))
    throw new AppError(
      'attribute.always_personal',
      'invalid',
      'Mail addresses and phone numbers are personal.',
      {
        details: { path: '/body/personal' },
      },
    )
  // Who sees values masked must not be able to take the mask off.
  if (before.personal && ctx.actor.kind !== 'system' && !ctx.permissions.has('people:unmask'))
    throw new AppError('access.denied', 'denied', 'Taking a mask off asks for `people:unmask`.', {
      details: { permission: 'people:unmask' },
    })
}

/** Removes an attribute that nobody has and no rule names; it registers itself again when somebody sends it. */
export async function deleteAttribute(deps: ProfileDeps, ctx: WorkspaceCtx, name: string): Promise<void> {
  const row = await deps.database.read(ctx, (tx) => requireAttribute(tx, name))
  // Of everybody, not of those the caller may see.
  const everybody = { ...ctx, scope: { all: true as const } }
  const { coverage } = await factsOf(deps, everybody, [row], noMask)
  const people = coverage.get(name) ?? 0
  await changePeople(deps, ctx, {
    plan: async (tx) => {
      await requireAttribute(tx, name)
      const users = (await Promise.all(deps.mentions.map((one) => one.users(tx)))).flat()
      const usedBy = users.filter((user) => user.attributes.has(name)).map((user) => user.name)
      if (people > 0 || usedBy.length > 0)
        throw new AppError('attribute.in_use', 'conflict', 'People have this attribute, or rules name it.', {
          details: { people, usedBy },
        })
    },
    carryOut: async (tx) => {
      await removeAttribute(tx, name)
      await deps.audit(tx, ctx, { action: 'attribute.deleted', subject: name })
      // The names that are in already are remembered there.
      deps.recogniser.reset()
      return { result: undefined, change: nothing(tx.workspace), shipments: [] }
    },
  })
}
