import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Program, startProgram, waitFor } from '#bench/program.ts'
import type { Row, Scenario } from '#bench/scenario.ts'

const exported = 20_000

type Ended = { state: string; error: unknown; created: number }

/** A CSV of new people, without tags, with two, and by a source with one; then the newest of them as files again. */
export const imports: Scenario = {
  name: 'imports',
  what: 'CSV of new people → visible everywhere, without tags, with two, by a watched folder with one; export',
  run: async ({ quick }) => {
    const rows: Row[] = []
    for (const people of quick ? [2_000] : [10_000, 100_000]) {
      const program = await startProgram({ HEADWATER_IMPORT_STILL_SECONDS: '0' })
      try {
        const plain = await importPeople(program, 'plain', people, [])
        const tagged = await importPeople(program, 'tagged', people, ['Open day', 'Autumn'])
        const watched = await importWatched(program, people)
        rows.push({
          size: `${people.toLocaleString('en')} people`,
          figures: {
            'import, s': plain.seconds,
            'its CPU time, s': plain.cpu,
            'import with two tags, s': tagged.seconds,
            'its CPU time, s (tags)': tagged.cpu,
            'import from a folder with a tag, s': watched.seconds,
            'its CPU time, s (folder)': watched.cpu,
            [`export of at most ${exported.toLocaleString('en')}, s`]: await exportPeople(
              program,
              people,
              'csv',
            ),
            'the same as a workbook, s': await exportPeople(program, people, 'xlsx'),
            'memory of the tree, MB': program.memory(),
          },
        })
      } finally {
        await program.stop()
      }
    }
    return rows
  },
}

async function importPeople(program: Program, name: string, people: number, tags: string[]) {
  const form = new FormData()
  form.append('spec', JSON.stringify(specOf(tags)))
  form.append('file', new Blob([csvOf(name, people)]), `${name}.csv`)
  const [from, cpuBefore] = [performance.now(), program.cpu()]
  const reply = await fetch(`${program.url}/api/imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${program.apiKey}` },
    body: form,
  })
  if (!reply.ok) throw new Error(`import: ${reply.status} ${await reply.text()}`)
  const { id } = (await reply.json()) as { id: string }
  let ended: Ended | undefined
  await waitFor(async () => {
    ended = await program.get<Ended>(`/api/imports/${id}`)
    return ended.state !== 'queued' && ended.state !== 'running'
  }, 1_800_000)
  if (ended?.state !== 'done' || ended.created !== people) throw new Error(`import: ${JSON.stringify(ended)}`)
  return { seconds: (performance.now() - from) / 1000, cpu: program.cpu() - cpuBefore }
}

const specOf = (tags: string[]) => ({
  kind: 'people',
  key: { column: 'id', kind: 'user_id' },
  columns: { mail: { identifier: 'email' }, name: 'attribute', city: 'attribute', age: 'attribute' },
  tags,
})

type Run = { state: string; created: number; error: unknown }

/** A file that lies in the workspace's folder, brought in by a source that is told to run. */
async function importWatched(program: Program, people: number) {
  const mapping = await program.post<{ id: string }>('/api/imports/mappings', {
    name: 'Watched',
    columns: ['id', 'mail', 'name', 'city', 'age'],
    spec: specOf(['Watched']),
  })
  const source = await program.post<{ id: string; path: string }>('/api/imports/sources', {
    name: 'Watched',
    place: { kind: 'folder', glob: '*.csv' },
    mapping: mapping.id,
    schedule: { every: 'cron', cron: '0 3 1 1 *' },
  })
  writeFileSync(join(source.path, 'watched.csv'), csvOf('watched', people))
  const [from, cpuBefore] = [performance.now(), program.cpu()]
  await program.post(`/api/imports/sources/${source.id}/run`, {})
  let run: Run | undefined
  await waitFor(async () => {
    const { items } = await program.get<{ items: Run[] }>(`/api/imports/sources/${source.id}/runs`)
    run = items[0]
    return run !== undefined && run.state !== 'running'
  }, 1_800_000)
  if (run?.state !== 'done' || run.created !== people) throw new Error(`source: ${JSON.stringify(run)}`)
  return { seconds: (performance.now() - from) / 1000, cpu: program.cpu() - cpuBefore }
}

function csvOf(name: string, people: number): string {
  const lines = ['id,mail,name,city,age']
  for (let at = 0; at < people; at++)
    lines.push(`${name}-${at},${name}.${at}@example.com,Person ${at},c${at % 40},${18 + (at % 50)}`)
  return lines.join('\n')
}

/** Of people with the tag: at 100,000 a segment of a fifth would be one more thing to wait for, a rule is none. */
async function exportPeople(program: Program, people: number, format: 'csv' | 'xlsx'): Promise<number> {
  // Every city is a 40th of them.
  const cities = Math.min(40, Math.floor((40 * exported) / people))
  const rule = {
    all: [
      { tag: 'Autumn' },
      { attr: 'city', op: 'in', value: Array.from({ length: cities }, (_, n) => `c${n}`) },
    ],
  }
  const from = performance.now()
  const { id } = await program.post<{ id: string }>('/api/exports', { rule, format })
  await waitFor(async () => (await program.get<{ state: string }>(`/api/exports/${id}`)).state === 'done')
  const reply = await fetch(`${program.url}/api/exports/${id}/file`, {
    headers: { authorization: `Bearer ${program.apiKey}` },
  })
  const bytes = Buffer.from(await reply.arrayBuffer())
  const taken = (performance.now() - from) / 1000
  if (format === 'xlsx') return taken
  const lines = bytes.toString().trimEnd().split('\n').length - 1
  const wanted = Math.min(people, exported)
  if (lines !== wanted) throw new Error(`export: ${lines} people, not ${wanted}`)
  return taken
}
