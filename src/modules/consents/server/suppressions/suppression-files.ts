import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { SuppressionReason, suppressionReasons } from '#modules/consents/contract/shapes.ts'
import type { routes } from '#modules/consents/contract.ts'
import type { ConsentDeps } from '#modules/consents/server/consent-deps.ts'
import { shipWorkspace } from '#modules/consents/server/reach/ship-unshipped.ts'
import { guessesOf } from '#modules/consents/server/suppressions/change-suppressions.ts'
import {
  maskAddress,
  normalAddress,
  suppressRows,
  unitsOfAddresses,
} from '#modules/consents/server/suppressions/suppress.ts'
import { listSuppressionRows } from '#modules/consents/server/suppressions/suppression-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Output } from '#platform/http/define-routes.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import type { JobKind } from '#platform/jobs/worker.ts'
import { csvRows } from '#platform/sheets/csv-rows.ts'
import { type ChannelKind, ChannelKind as Channels } from '#slots/channel-kind.ts'

const jobKind = 'consents:import_suppressions'
const perStep = 1000
const perPage = 1000
const mostFaults = 50

type Line = {
  channel: ChannelKind
  hash: string
  masked: string
  unit: number | null
  reason: string
  detail: string
}
const Line = z.object({
  channel: Channels,
  hash: z.string(),
  masked: z.string(),
  unit: z.number().nullable(),
  reason: SuppressionReason,
  detail: z.string(),
})

/**
 * Reads a file of addresses at once, so that who sent it hears of every line that is none, and puts the good ones on the
 * list in the background. Of an address nothing but its hash and its masked look leaves this request.
 */
export async function importSuppressions(
  deps: ConsentDeps,
  ctx: WorkspaceCtx,
  { csv, channel }: z.output<typeof routes.importSuppressions.body>,
): Promise<Output<typeof routes.importSuppressions>> {
  const records = readRecords(csv)
  const guesses = records.flatMap((record) => guessesOf(record.address ?? ''))
  await deps.profiles.guesses.askInBulk(ctx, guesses, { whole: true, lists: true })
  return deps.database.write(ctx, async (tx) => {
    const normalise = await deps.profiles.normaliser(tx, tx.workspace)
    const faults: { line: number; why: 'bad_address' | 'bad_channel' | 'bad_reason' }[] = []
    const good: { channel: ChannelKind; address: string; reason: string; detail: string }[] = []
    for (const [at, record] of records.entries()) {
      const line = at + 2 // the header is the first
      const said = Channels.safeParse(record.channel?.trim() || channel)
      const reason = SuppressionReason.safeParse(record.reason?.trim() || 'manual')
      const address = said.success ? normalAddress(normalise, said.data, record.address ?? '') : undefined
      if (!said.success) faults.push({ line, why: 'bad_channel' })
      else if (!reason.success) faults.push({ line, why: 'bad_reason' })
      else if (address === undefined) faults.push({ line, why: 'bad_address' })
      else
        good.push({
          channel: said.data,
          address,
          reason: reason.data,
          detail: (record.detail ?? '').slice(0, 300),
        })
    }
    const units = await unitsOfAddresses(tx, good)
    const lines: Line[] = good.map(({ address, ...one }) => ({
      ...one,
      hash: deps.hash(tx.workspace, address).toString('hex'),
      masked: maskAddress(one.channel, address),
      unit: units.get(`${one.channel} ${address}`) ?? null,
    }))
    const { actor } = ctx
    const jobId =
      lines.length === 0
        ? null
        : await enqueue(tx, {
            kind: jobKind,
            payload: { lines, by: actor.name, byKind: actor.kind },
            title: 'suppressions',
            ...(actor.kind === 'member' ? { memberId: actor.memberId } : {}),
          })
    await deps.audit(tx, ctx, {
      action: 'suppression.imported',
      subject: jobId,
      details: { lines: lines.length, faults: faults.length },
    })
    return { jobId, lines: lines.length, faulty: faults.length, faults: faults.slice(0, mostFaults) }
  })
}

function readRecords(csv: string): Record<string, string | undefined>[] {
  try {
    const rows: string[][] = parse(csv, {
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      trim: true,
    })
    const [header = [], ...lines] = rows
    const names = header.map((name) => name.toLowerCase())
    if (!names.includes('address'))
      throw new AppError(
        'suppression.no_address_column',
        'invalid',
        'The first line must name a column "address".',
        {
          details: { columns: header.slice(0, 20), reasons: suppressionReasons },
        },
      )
    return lines.map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at]])))
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('suppression.unreadable', 'invalid', 'This is not a CSV file.', { cause: error })
  }
}

export function importJob(deps: ConsentDeps): JobKind {
  return {
    kind: jobKind,
    run: async ({ ctx, payload, progress }) => {
      const lines = z.array(Line).parse(payload.lines)
      let added = 0
      for (let from = 0; from < lines.length; from += perStep) {
        const rows = lines.slice(from, from + perStep).map(({ hash, ...one }) => ({
          ...one,
          address: Buffer.from(hash, 'hex'),
          ...{ since: new Date(ctx.now), expires_at: null },
          ...{ by: String(payload.by), by_kind: String(payload.byKind) },
        }))
        added += (await deps.database.write(ctx, (tx) => suppressRows(tx, rows))).length
        await progress((from + rows.length) / lines.length)
      }
      await shipWorkspace(deps, ctx.workspace)
      return { added, known: lines.length - added }
    },
  }
}

/** The whole list as a file, page by page; addresses as far as they are kept: masked, with their hash. */
export async function* exportSuppressions(deps: ConsentDeps, ctx: WorkspaceCtx): AsyncGenerator<string> {
  await deps.database.write(ctx, (tx) => deps.audit(tx, ctx, { action: 'suppression.exported' }))
  yield* csvRows(
    ['channel', 'address_masked', 'address_hash', 'reason', 'detail', 'since', 'expires_at', 'by'],
    pages(deps, ctx),
  )
}

async function* pages(deps: ConsentDeps, ctx: WorkspaceCtx) {
  let after: { time: string; id: string } | undefined
  for (;;) {
    const question = { channel: undefined, reason: undefined, address: undefined, after, limit: perPage }
    const rows = await deps.database.read(ctx, (tx) => listSuppressionRows(tx, question, ctx.now))
    yield rows.map((row) => [
      ...[row.channel, row.masked ?? '', row.address.toString('hex'), row.reason, row.detail],
      ...[row.since.toISOString(), row.expires_at?.toISOString() ?? '', row.by],
    ])
    const last = rows.at(-1)
    if (!last || rows.length < perPage) return
    // The time as it is shown has milliseconds; the row may have been made between two of them.
    after = { time: last.since.toISOString(), id: last.id }
  }
}
