import { openDataSet } from '#bench/data-set.ts'
import { share } from '#bench/freshness.bench.ts'
import { busy, known } from '#bench/known-data.ts'
import { cpuOf } from '#bench/program.ts'
import type { Row, Scenario } from '#bench/scenario.ts'

type Figures = Record<string, number>
type DataSet = Awaited<ReturnType<typeof openDataSet>>
type Question = { name: string; ask(data: DataSet, at: number): Promise<unknown> }

const preview = (rule: unknown) => (data: DataSet) => data.post('/api/segments/preview', { rule })
const find = (text: (at: number) => string) => (data: DataSet, at: number) =>
  data.get(`/api/profiles/find?q=${encodeURIComponent(text(at))}`)
const sql = (text: string) => (data: DataSet) => data.sql(text)

const industries = ['i1', 'i2', 'i3']
/** What one letter more or less costs: looking through everybody's text once, and nothing else. */
const lookThrough = `SELECT count() AS n FROM people WHERE ws = {ws:UInt32} AND deleted = 0 AND position(search, 'wangfang') > 0`
const attributeRule = { all: [{ attr: 'city', op: 'in', value: ['c1', 'c2', 'c3'] }] }
const companyRule = {
  all: [{ company: { where: [{ prop: 'industry', op: 'in', value: industries }] } }],
}
const companyEventRule = { all: [{ company: { did: { event: 'E1', within: { last: 30, unit: 'day' } } } }] }
const companyFilter = encodeURIComponent(JSON.stringify([{ prop: 'industry', op: 'in', value: industries }]))

/** The events of the busy person read once, with the one column that is large. */
const readOnce = `SELECT count() AS n, sum(length(context)) AS bytes, max(time) AS last FROM events
  WHERE ws = {ws:UInt32} AND unit IN (SELECT unit FROM unit_person FINAL WHERE person = ${busy.person} UNION ALL SELECT toUInt64(${busy.person}))`

const questions: readonly Question[] = [
  {
    name: 'page of a person with 10,000 events',
    ask: (data) => data.get(`/api/profiles/${busyId}/overview`),
  },
  { name: 'their timeline', ask: (data) => data.get(`/api/profiles/${busyId}/timeline?limit=50&groups=all`) },
  { name: 'their events read once', ask: sql(readOnce) },
  { name: 'palette, name', ask: find((at) => ['王芳', '李秀英', '张晓明'][at % 3] as string) },
  { name: 'palette, pinyin', ask: find((at) => ['wangfang', 'lixiuying', 'zhangx'][at % 3] as string) },
  { name: 'palette, end of a phone', ask: find((at) => String(1000 + ((at * 7919) % 9000))) },
  { name: 'palette, one letter', ask: find((at) => 'wlz'[at % 3] as string) },
  { name: 'palette, nobody', ask: find(() => 'qqqq') },
  { name: 'text looked through', ask: sql(lookThrough) },
  { name: 'rule on an attribute', ask: preview(attributeRule) },
  { name: 'rule on companies', ask: preview(companyRule) },
  { name: 'rule on what companies did', ask: preview(companyEventRule) },
  { name: 'companies by people', ask: (data) => data.get('/api/companies?sort=-people&limit=50') },
  { name: 'companies by activity', ask: (data) => data.get('/api/companies?sort=-lastActivity&limit=50') },
  {
    name: 'companies by name, filtered',
    ask: (data) => data.get(`/api/companies?sort=name&limit=50&where=${companyFilter}`),
  },
]

let busyId = ''

/** What is asked of one person and of companies: the page, the box in which people type, rules and lists. */
export const knownPeople: Scenario = {
  name: 'known',
  what: 'one person, the palette, companies; per question p50 and p95, ms, and CPU time, ms',
  run: async ({ quick }) => {
    const rows: Row[] = []
    for (const people of quick ? [10_000] : [100_000, 1_000_000]) {
      const data = await openDataSet(people, people * 2, known)
      try {
        rows.push({
          size: `${people.toLocaleString('en')} people`,
          figures: await measure(data, quick ? 3 : 20),
        })
      } finally {
        await data.stop()
      }
    }
    return rows
  },
}

async function measure(data: DataSet, count: number): Promise<Figures> {
  const { items } = await data.get<{ items: { id: string }[] }>(
    `/api/profiles?identifier=user_id:u${busy.person}`,
  )
  busyId = items[0]?.id as string
  const only = process.env.HEADWATER_BENCH_ONLY // part of the names of the questions to ask
  await quiet()
  const figures: Figures = {}
  for (const { name, ask } of questions.filter((one) => !only || one.name.includes(only))) {
    const taken: number[] = []
    for (let at = 0; at < 3; at++) await ask(data, at)
    const before = cpuSeconds()
    for (let at = 0; at < count; at++) {
      const started = performance.now()
      await ask(data, at)
      taken.push(performance.now() - started)
    }
    figures[`${name}: CPU`] = ((cpuSeconds() - before) * 1000) / count
    figures[`${name}: p50`] = share(taken, 0.5)
    figures[`${name}: p95`] = share(taken, 0.95)
  }
  return figures
}

/** After a start the program compares its engines; nothing is measured before that is over. */
async function quiet(): Promise<void> {
  for (let before = cpuSeconds(), calm = 0; calm < 3; ) {
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const now = cpuSeconds()
    calm = now - before < 0.1 ? calm + 1 : 0
    before = now
  }
}

/** Of this process and its engines; the questions are asked from within. */
const cpuSeconds = (): number => Object.values(cpuOf(process.pid)).reduce((sum, one) => sum + one, 0)
