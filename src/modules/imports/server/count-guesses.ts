import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { type ImportRow, saveTogether } from '#modules/imports/server/import-store.ts'
import type { Plan } from '#modules/imports/server/mapping/compile-spec.ts'
import { type Reading, readRow } from '#modules/imports/server/mapping/read-row.ts'
import { openTable } from '#modules/imports/server/reading/open-table.ts'
import { rowContext } from '#modules/imports/server/write-rows.ts'
import type { Guess, Mask } from '#modules/profiles/index.ts'
import { breathe } from '#platform/breathe.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { JobRun } from '#platform/jobs/worker.ts'

const rowsAtOnce = 2000

/**
 * A file says of every row whether there was such a person before, and what it tells is seen at them: whoever sees
 * personal data masked asks with it for all its phones and mails. Read before anything is written: a file that asks
 * too much fails as a whole.
 */
export async function countGuesses(
  deps: ImportDeps,
  job: JobRun,
  row: ImportRow,
  { plan, path }: { plan: Plan; path: string },
): Promise<void> {
  if (row.asker === null || row.decided > 0) return
  const ctx: WorkspaceCtx = { ...job.ctx, actor: row.asker, sight: 'blind' }
  const mask = await (row.spec.kind === 'companies' ? deps.profiles.maskOfCompanies : deps.profiles.mask)(ctx)
  const guesses = await guessesIn(deps, job, row, { plan, path, mask })
  // A dry run leaves no trace, so it is one of few; of a real one the audit log knows.
  const lists = row.spec.dry_run
  const told = await deps.profiles.guesses.askInBulk(ctx, guesses, { whole: false, lists, job: true })
  if (told === 'together') await deps.database.write(job.ctx, (tx) => saveTogether(tx, row.id))
}

async function guessesIn(
  deps: ImportDeps,
  job: JobRun,
  row: ImportRow,
  { plan, path, mask }: { plan: Plan; path: string; mask: Mask },
): Promise<Guess[]> {
  const found = new Map<string, Guess>()
  const { workspace } = job.ctx
  const context = await deps.database.read(job.ctx, (tx) =>
    rowContext(deps, tx, { workspace, spec: row.spec, plan }),
  )
  const table = await openTable(path, row.layout)
  try {
    let rows = 0
    for await (const one of table.rows) {
      const read = readRow(context, one)
      if (read.ok) for (const guess of saidIn(read.reading, mask)) found.set(guess.value, guess)
      if (++rows % rowsAtOnce > 0) continue
      await breathe()
      job.signal.throwIfAborted()
    }
  } finally {
    table.close()
  }
  return [...found.values()]
}

function* saidIn({ key, others, attributes }: Reading, mask: Mask): Generator<Guess> {
  for (const id of [key, ...others])
    if (mask.isKind(id.kind) || mask.text(id.value) !== id.value) yield { ...id, personal: true }
  for (const [kind, value] of Object.entries(attributes))
    for (const one of Array.isArray(value) ? value : [value])
      if (mask.isNamed(kind) || (typeof one === 'string' && mask.text(one) !== one))
        yield { kind, value: String(one), personal: true }
}
