import { sql } from 'kysely'
import {
  defaultIdentitySettings,
  type IdentitySettings,
  type KindRule,
} from '#modules/profiles/identity/kind-rules.ts'
import { normaliseIdentifier } from '#modules/profiles/identity/normalise.ts'
import type { Tx } from '#platform/pg/database.ts'

type KindRow = {
  kind: string
  class: KindRule['class']
  priority: number
  max_per_person: number
  blocked: string[]
}

/** The built-in kinds with what the workspace changed or added, and the country its phone numbers are read in. */
export async function loadIdentitySettings(tx: Tx, workspace: number): Promise<IdentitySettings> {
  const rows = await tx.rows<KindRow>(sql`
    select kind, class, priority, max_per_person, blocked from profiles.identity_kind where workspace_id = ${workspace}`)
  const region = await tx.row<{ country: string }>(
    sql`select country from platform.workspace where num = ${workspace}`,
  )
  const own = rows.map(({ kind, class: kindClass, priority, max_per_person: limit, blocked }) => [
    kind,
    { class: kindClass, priority, limit, blocked: blocked.map((value) => value.toLowerCase()) },
  ])
  return {
    ...defaultIdentitySettings,
    kinds: { ...defaultIdentitySettings.kinds, ...Object.fromEntries(own) },
    phoneRegion: region?.country ?? defaultIdentitySettings.phoneRegion,
  }
}

/** The stored spelling of a mail address or phone number of this workspace; undefined when it is none. */
export async function normaliser(
  tx: Tx,
  workspace: number,
): Promise<(kind: string, value: string) => string | undefined> {
  const settings = await loadIdentitySettings(tx, workspace)
  return (kind, value) => {
    const found = normaliseIdentifier(settings, kind, value)
    return 'identifier' in found ? found.identifier.value : undefined
  }
}
