import { normaliseIdentifier } from '#modules/profiles/identity/normalise.ts'
import { type AttributeRow, readAttribute } from '#modules/profiles/server/attributes/attribute-store.ts'
import { fitsType } from '#modules/profiles/server/attributes/fits-type.ts'
import { loadIdentitySettings } from '#modules/profiles/server/identity-settings.ts'
import { personBehind } from '#modules/profiles/server/person-numbers.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import { type Canonical, flatten } from '#modules/rules/index.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

/**
 * Values set by hand, of attributes with a declared type in its normal spelling; one that does not fit is refused,
 * for whoever types it can type it again. What sources send is kept as it is.
 */
export async function acceptValues(
  deps: Pick<ProfileDeps, 'personIds'>,
  tx: Tx,
  values: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const accepted: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    if (looksMasked(value))
      throw new AppError('attribute.masked_value', 'invalid', 'This is a masked value; write the full one.', {
        details: { path: `/body/attributes/${name}` },
      })
    const row = value === null ? undefined : await readAttribute(tx, name)
    accepted[name] = row?.declared ? await acceptValue(deps, tx, row, value) : value
  }
  return accepted
}

/** `138****8000`, `l***@qq.com`: what a mask makes, sent back by a form. */
export const looksMasked = (value: unknown): boolean =>
  typeof value === 'string' && /^(\+?\d{0,3}\*{4}\d{2,4}|\S\*{3}(@\S+)?)$/u.test(value.trim())

async function acceptValue(
  deps: Pick<ProfileDeps, 'personIds'>,
  tx: Tx,
  row: AttributeRow,
  value: unknown,
): Promise<unknown> {
  const normal = await normalValue(tx, row, typeof value === 'string' ? value.trim() : value)
  const flat = flatten({ value: normal }).value as Canonical | undefined
  if (flat === undefined || !fitsType(row, flat)) throw refused(row)
  if (row.type === 'reference' && row.refers_to === 'person') {
    const person = await personBehind(deps, tx, String(normal)).catch((error: unknown) => {
      // Nobody has this id: that is a value that does not fit.
      if (error instanceof AppError && error.kind === 'missing') return undefined
      throw error
    })
    if (person === undefined) throw refused(row)
  }
  return normal
}

async function normalValue(tx: Tx, { type }: AttributeRow, value: unknown): Promise<unknown> {
  if (type !== 'email' && type !== 'phone') return value
  const found = normaliseIdentifier(await loadIdentitySettings(tx, tx.workspace), type, value)
  return 'identifier' in found ? found.identifier.value : value
}

const refused = ({ name, type }: AttributeRow) =>
  new AppError('attribute.value_does_not_fit', 'invalid', `This is no value of type ${type}.`, {
    details: { path: `/body/attributes/${name}`, attribute: name, type },
  })
