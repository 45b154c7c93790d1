import { sql } from 'kysely'
import type { MessagingPolicy } from '#modules/consents/contract/shapes.ts'
import { addressKinds } from '#modules/consents/server/address.ts'
import type { ConsentDeps } from '#modules/consents/server/consent-deps.ts'
import type { LinkClaims } from '#modules/consents/server/links/link-token.ts'
import { type HolderRow, identifiersOf } from '#modules/consents/server/log/standing-store.ts'
import type { PageLanguage } from '#modules/consents/server/pages/page-words.ts'
import { readPolicy } from '#modules/consents/server/policy/policy-store.ts'
import { maskAddress } from '#modules/consents/server/suppressions/suppress.ts'
import { combinedAttributes } from '#modules/profiles/index.ts'
import { systemCtx, type WorkspaceCtx, type WorkspaceRef } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

/** A link that was opened: in which workspace, for whom, and how its page speaks. */
export type OpenedLink = {
  claims: LinkClaims
  ctx: WorkspaceCtx
  policy: MessagingPolicy
  workspaceName: string
  /** Number of the person now; undefined when they are nobody any more. */
  person: number | undefined
  /** The address it was sent to, while it is theirs. */
  address: string | undefined
  masked: string | null
  /** What their own data says they read; undefined when nothing. */
  language: PageLanguage | undefined
}

/** Undefined: the token is none of ours, or its workspace is gone. */
export async function openLink(
  deps: Pick<ConsentDeps, 'database' | 'tokens' | 'hash' | 'clock'>,
  token: string,
  purpose: LinkClaims['purpose'],
): Promise<OpenedLink | undefined> {
  const claims = deps.tokens.read(token)
  if (claims?.purpose !== purpose) return undefined
  const workspace = await deps.database.system((tx) =>
    tx.row<WorkspaceRef & { name: string }>(sql`
      select num, id, name, timezone from platform.workspace where num = ${claims.workspace}`),
  )
  if (!workspace) return undefined
  const ctx = systemCtx(workspace, deps.clock.now(), 'preference page')
  return deps.database.read(ctx, async (tx) => {
    const person = await currentPerson(tx, claims.person)
    const own = person === undefined ? [] : await identifiersOf(tx, [person])
    const address = own.find((one) => isMeant(deps, tx, claims, one))?.value
    return {
      ...{ claims, ctx, person, address },
      policy: await readPolicy(tx),
      workspaceName: workspace.name,
      masked: address === undefined ? null : maskAddress(claims.channel, address),
      language: person === undefined ? undefined : await languageOf(tx, person),
    }
  })
}

/** Merged since, they answer by another number. */
async function currentPerson(tx: Tx, unit: number): Promise<number | undefined> {
  const row = await tx.row<{ person: number }>(sql`
    select person from read.identifier where workspace_id = ${tx.workspace} and unit = ${unit}`)
  return row?.person
}

const isMeant = ({ hash }: Pick<ConsentDeps, 'hash'>, tx: Tx, claims: LinkClaims, one: HolderRow): boolean =>
  addressKinds[claims.channel].includes(one.kind) && hash(tx.workspace, one.value).equals(claims.address)

async function languageOf(tx: Tx, person: number): Promise<PageLanguage | undefined> {
  const { language, locale } = await combinedAttributes(tx, tx.workspace, [person])
  const said = [language, locale].find((one) => typeof one === 'string' && one !== '')
  return said === undefined ? undefined : readLanguage(String(said))
}

/** `zh-CN`, `zh_Hans`, `中文` and the like are Chinese; what else is said is English. */
export const readLanguage = (text: string): PageLanguage =>
  /^zh|中文|chinese|汉语/i.test(text.trim()) ? 'zh' : 'en'
