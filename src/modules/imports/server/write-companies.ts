import { aroundCompanies, type CompanyOutcome, takeCompanyRows } from '#modules/companies/index.ts'
import { saveProgress, saveSent } from '#modules/imports/server/import-store.ts'
import {
  appendFailed,
  appendJournal,
  type FailedRow,
  type JournalRow,
} from '#modules/imports/server/journal-store.ts'
import { nameOf } from '#modules/imports/server/judge-entry.ts'
import type { Entry, Grouped } from '#modules/imports/server/mapping/group-orders.ts'
import { messageId } from '#modules/imports/server/mapping/make-item.ts'
import type { Run } from '#modules/imports/server/write-rows.ts'
import { changePeople, nothing } from '#modules/profiles/index.ts'
import type { Tx } from '#platform/pg/database.ts'

const skipped = { same: 'nothing_to_change', known: 'company_known', unknown: 'company_unknown' } as const

/**
 * One chunk of a file of companies. They are written at once and not by way of the log, so what a chunk does, its journal
 * and its progress are one transaction: after a crash the next chunk is the one that comes.
 */
export async function writeCompanyChunk(run: Run, chunk: readonly Grouped[], at: number): Promise<void> {
  const { deps, job, row } = run
  if (row.spec.dry_run) {
    await deps.database.write(job.ctx, (tx) => takeChunk(run, tx, chunk, at))
    return
  }
  await changePeople(deps, job.ctx, {
    plan: async () => undefined,
    carryOut: async (tx) => {
      const changed = await takeChunk(run, tx, chunk, at)
      await saveSent(tx, row.id, at)
      const around = await aroundCompanies(tx, changed)
      return { result: undefined, change: { ...nothing(tx.workspace), around }, shipments: [] }
    },
  })
}

async function takeChunk(run: Run, tx: Tx, chunk: readonly Grouped[], at: number): Promise<number[]> {
  const { row } = run
  const failures: FailedRow[] = []
  const entries: Entry[] = []
  for (const grouped of chunk) {
    if ('entry' in grouped) {
      if (!repeats(run, grouped.entry)) entries.push(grouped.entry)
      continue
    }
    const { number, outcome, fault } = grouped.refused
    run.counts[outcome]++
    run.reasons.add(outcome, number, fault)
    if (outcome === 'failed') failures.push({ row: number, fault, cells: run.cells.get(number) ?? [] })
  }
  const before = new Set(run.seen.keys())
  const { outcomes, changed } = await takeCompanyRows(
    tx,
    entries.map(({ reading, lines }) => ({
      key: reading.key,
      attributes: reading.attributes,
      messageId: messageId(row.id, lines[0] as number),
      time: row.created_at.getTime(),
    })),
    { mode: row.spec.mode, write: !row.spec.dry_run, seen: (key) => before.has(nameOf(key)) },
  )
  const journal: JournalRow[] = []
  for (const [index, entry] of entries.entries())
    count(run, entry, outcomes[index] as CompanyOutcome, { failures, journal })
  await appendFailed(tx, row.id, failures)
  if (!row.spec.dry_run) await appendJournal(tx, row.id, journal)
  await saveProgress(tx, row.id, {
    ...run.counts,
    ...{ reasons: run.reasons.list(), decided: at, sent: at },
  })
  row.sent = at
  return changed
}

/** Says the same as an earlier row of the file. */
function repeats(run: Run, { reading, lines }: Entry): boolean {
  if (run.seen.get(nameOf(reading.key)) !== reading.content) return false
  run.counts.skipped++
  run.reasons.add('skipped', lines[0] as number, { code: 'repeated_row' })
  return true
}

type Kept = { failures: FailedRow[]; journal: JournalRow[] }

function count(run: Run, { reading, lines }: Entry, one: CompanyOutcome, { failures, journal }: Kept): void {
  const line = lines[0] as number
  for (const note of reading.notes) run.reasons.add('noted', line, note)
  if (one.outcome === 'ambiguous') {
    const fault = { code: 'company_ambiguous', details: { value: reading.key.value.slice(0, 80) } }
    run.counts.failed++
    run.reasons.add('failed', line, fault)
    failures.push({ row: line, fault, cells: run.cells.get(line) ?? [] })
    return
  }
  if (one.outcome === 'created' || one.outcome === 'updated' || one.outcome === 'same')
    run.seen.set(nameOf(reading.key), reading.content)
  if (one.outcome !== 'created' && one.outcome !== 'updated') {
    run.counts.skipped++
    run.reasons.add('skipped', line, { code: skipped[one.outcome] })
    return
  }
  run.counts[one.outcome]++
  journal.push({
    row: line,
    outcome: one.outcome,
    key: reading.key,
    at: { kind: one.restored ? 'company_restored' : 'company', value: one.company as string },
    before: one.before,
  })
}
