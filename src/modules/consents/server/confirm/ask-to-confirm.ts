import { sql } from 'kysely'
import type { z } from 'zod'
import type { routes } from '#modules/consents/contract.ts'
import { addressKinds } from '#modules/consents/server/address.ts'
import type { ConsentDeps } from '#modules/consents/server/consent-deps.ts'
import { recordStatements } from '#modules/consents/server/log/record.ts'
import { identifiersOf } from '#modules/consents/server/log/standing-store.ts'
import { pageWords } from '#modules/consents/server/pages/page-words.ts'
import { topicName } from '#modules/consents/server/pages/render-pages.ts'
import { readPolicy } from '#modules/consents/server/policy/policy-store.ts'
import { consentsOf } from '#modules/consents/server/reach/person-consents.ts'
import { shipWorkspace } from '#modules/consents/server/reach/ship-unshipped.ts'
import { guessesOf } from '#modules/consents/server/suppressions/change-suppressions.ts'
import { normalAddress } from '#modules/consents/server/suppressions/suppress.ts'
import { suppressedAmong } from '#modules/consents/server/suppressions/suppression-store.ts'
import { requireTopic } from '#modules/consents/server/topics/topic-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Output } from '#platform/http/define-routes.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { ChannelKind } from '#slots/channel-kind.ts'
import type { Confirmation } from '#slots/confirmation-sender.ts'

type Body = z.output<typeof routes.askToConfirm.body>
const dayMs = 86_400_000

/**
 * Double opt-in. The consent waits until whoever has the address presses a button on a page; opening the link is not
 * enough, because scanners do. Who can bring the link there is asked through the slot `confirmation-sender`.
 */
export async function askToConfirm(
  deps: ConsentDeps,
  ctx: WorkspaceCtx,
  publicId: string,
  body: Body,
): Promise<Output<typeof routes.askToConfirm>> {
  const { channel, topic, proof, language = 'zh' } = body
  if (body.address !== undefined) await deps.profiles.guesses.ask(ctx, guessesOf(body.address))
  const person = await deps.profiles.personNumber(ctx, publicId)
  const made = await deps.database.write(ctx, async (tx) => {
    const row = topic === null ? undefined : await requireTopic(tx, topic)
    const address = await addressOf(deps, tx, person, body)
    const hash = deps.hash(tx.workspace, address)
    await refuseSuppressed(tx, ctx, channel, hash)
    const policy = await readPolicy(tx)
    await recordStatements(deps, tx, [
      {
        ...{ person, channel, topic: topic ?? '', state: 'pending', proof, at: ctx.now, source: 'form' },
        from: hash.toString('hex'),
        by: { kind: ctx.actor.kind, name: ctx.actor.name },
      },
    ])
    await deps.audit(tx, ctx, {
      action: 'consent.confirmation_asked',
      subject: publicId,
      details: { channel, topic },
    })
    const workspace = await tx.row<{ name: string }>(sql`
      select name from platform.workspace where num = ${tx.workspace}`)
    const expiresAt = ctx.now + policy.confirm_days * dayMs
    const claims = {
      purpose: 'confirm',
      workspace: tx.workspace,
      person,
      channel,
      topic: topic ?? '',
      expiresAt,
    } as const
    return {
      ...{ address, expiresAt, language, channel },
      url: `${deps.baseUrl}/c/${deps.tokens.make({ ...claims, address: hash })}?lang=${language}`,
      topic: row ? topicName(row, language) : pageWords[language].allMarketing,
      sender: policy.page.name?.[language] ?? workspace?.name ?? '',
      consents: await consentsOf(deps, tx, ctx.now, person),
    }
  })
  await shipWorkspace(deps, ctx.workspace, ctx.patienceMs)
  const sentBy = await send(deps, ctx, made)
  return {
    consents: made.consents,
    sentBy,
    url: sentBy === null ? made.url : null,
    expiresAt: new Date(made.expiresAt).toISOString(),
  }
}

async function send(
  deps: Pick<ConsentDeps, 'senders'>,
  ctx: WorkspaceCtx,
  made: Confirmation,
): Promise<string | null> {
  for (const sender of deps.senders()) {
    if (!(await sender.takes(ctx, made.channel))) continue
    await sender.send(ctx, made)
    return sender.name
  }
  return null
}

async function addressOf(
  deps: ConsentDeps,
  tx: Tx,
  person: number,
  { channel, address }: Pick<Body, 'channel' | 'address'>,
): Promise<string> {
  const own = (await identifiersOf(tx, [person]))
    .filter((one) => one.seen && addressKinds[channel].includes(one.kind))
    .map((one) => one.value)
  const said =
    address === undefined
      ? undefined
      : normalAddress(await deps.profiles.normaliser(tx, tx.workspace), channel, address)
  const [only, ...more] = address === undefined ? own : own.filter((one) => one === said)
  if (only !== undefined && more.length === 0) return only
  throw new AppError(
    'consent.no_address',
    'invalid',
    own.length === 0
      ? 'This person has no address on this channel.'
      : 'This person has several addresses on this channel, or not this one: name one of theirs.',
    { details: { path: '/body/address' } },
  )
}

async function refuseSuppressed(
  tx: Tx,
  ctx: WorkspaceCtx,
  channel: ChannelKind,
  hash: Buffer,
): Promise<void> {
  const key = hash.toString('hex')
  const reason = (await suppressedAmong(tx, [key], ctx.now)).get(`${channel} ${key}`)
  // After an erasure, or a reply, asking is how it may begin anew.
  if (reason === undefined || reason === 'erased' || reason === 'reply') return
  throw new AppError(
    'consent.suppressed',
    'conflict',
    `This address is on the list of suppressions (${reason}).`,
  )
}
