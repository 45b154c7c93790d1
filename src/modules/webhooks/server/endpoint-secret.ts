import type { EndpointRow } from '#modules/webhooks/server/endpoint-store.ts'
import type { SecretBox } from '#platform/secrets.ts'

type Sealed = Pick<EndpointRow, 'id' | 'workspace_id' | 'secret' | 'old_secret' | 'old_secret_until'>

/** The old one is kept in the place of the new: it was sealed there. */
const placeOf = (workspace: number, id: string) => `${workspace}|webhooks.endpoint|secret|${id}`

export const sealSecret = (box: SecretBox, workspace: number, id: string, secret: string): string =>
  box.seal(placeOf(workspace, id), secret)

/** What messages are signed with now, the newest first. */
export function secretsOf(box: SecretBox, row: Sealed, now: number): string[] {
  const open = (sealed: string) => box.open(placeOf(row.workspace_id, row.id), sealed)
  const isOldValid = row.old_secret_until !== null && row.old_secret_until.getTime() > now
  return row.old_secret !== null && isOldValid ? [open(row.secret), open(row.old_secret)] : [open(row.secret)]
}
