import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { type ImportRow, saveReached } from '#modules/imports/server/import-store.ts'
import { type KeptRow, noteTags, readJournal } from '#modules/imports/server/journal-store.ts'
import { nameOf } from '#modules/imports/server/judge-entry.ts'
import { personsNamed } from '#modules/profiles/index.ts'
import type { JobRun } from '#platform/jobs/worker.ts'

// One turn of the writer, as for tags given to many by hand: events wait while so many are at work.
const rowsAtOnce = 2000

/** Tags everybody the file mentions, and notes who did not have which tag. Goes on where it was cut off. */
export async function addTags(deps: ImportDeps, job: JobRun, row: ImportRow): Promise<void> {
  for (let { reached } = row; ; ) {
    job.signal.throwIfAborted()
    const rows = await deps.database.read(job.ctx, (tx) => readJournal(tx, row.id, reached, rowsAtOnce))
    const last = rows.at(-1)
    if (!last) return
    await tagRows(deps, job, row, rows)
    reached = last.row
    await job.progress(0.99)
  }
}

async function tagRows(
  deps: ImportDeps,
  job: JobRun,
  row: ImportRow,
  rows: readonly KeptRow[],
): Promise<void> {
  const persons = await deps.database.read(job.ctx, (tx) =>
    personsNamed(
      tx,
      rows.map((one) => one.key),
    ),
  )
  const rowOf = new Map<number, number>()
  for (const one of rows) {
    const person = persons.get(nameOf(one.key))
    if (person !== undefined && !rowOf.has(person)) rowOf.set(person, one.row)
  }
  const by = `import ${row.name}`
  const added = await deps.tags.tagPeople(job.ctx, { persons: [...rowOf.keys()], tags: row.spec.tags, by })
  const noted = [...Map.groupBy(added, (one) => one.person)].map(([person, tags]) => ({
    row: rowOf.get(person) as number,
    tags: tags.map((one) => one.tag),
  }))
  await deps.database.write(job.ctx, async (tx) => {
    await noteTags(tx, row.id, noted)
    await saveReached(tx, row.id, rows.at(-1)?.row ?? 0)
  })
}
