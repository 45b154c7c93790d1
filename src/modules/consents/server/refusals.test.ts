import fc from 'fast-check'
import { sql } from 'kysely'
import pg from 'pg'
import { beforeAll, expect, test, vi } from 'vitest'
import { addressHasher } from '#modules/consents/server/address.ts'
import { recordStatements, type Statement } from '#modules/consents/server/log/record.ts'
import { type Asked, refusals } from '#modules/consents/server/refusals.ts'
import { suppressAll } from '#modules/consents/server/suppressions/suppress.ts'
import { identify, numberOf } from '#modules/profiles/server/testing/tell-people.ts'
import { systemCtx, type WorkspaceCtx } from '#platform/context.ts'
import { openTx, type Tx } from '#platform/pg/database.ts'
import { startTestApp, type TestApp } from '#test/start-test-app.ts'

let app: TestApp
let ctx: WorkspaceCtx
let persons: number[]
const hash = addressHasher(Buffer.alloc(32, 7))
const seed = Number(process.env.CONSENT_SEED ?? Math.floor(Math.random() * 2 ** 31))
const runs = Number(process.env.CONSENT_RUNS ?? 40)
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

/** The first two share an address. */
const addressOf = (at: number) => (at < 2 ? '+8613800000001' : `+861380000${1000 + at}`)

beforeAll(async () => {
  app = await startTestApp()
  const ws = await app.workspace()
  await ws.send(...[0, 1, 2, 3].map((at) => identify(at, `u${at}`, { name: `u${at}`, phone: addressOf(at) })))
  await ws.settled()
  await ws.call('PUT', '/api/messaging/policy', { unknown_consent: 'allow' })
  const num = await numberOf(app, ws)
  ctx = systemCtx({ num, id: ws.id, timezone: 'Asia/Shanghai' }, app.clock.now(), 'test')
  const rows = await app.database.read(ctx, (tx) =>
    tx.rows<{ person: number }>(sql`
      select person from read.identifier where workspace_id = ${num} and kind = 'user_id' order by value`),
  )
  persons = rows.map((row) => row.person)
})

/** A transaction of its own connection, which the test begins and ends. */
async function openOwn(): Promise<{
  tx: Tx
  end(how: 'commit' | 'rollback'): Promise<void>
  close(): Promise<void>
}> {
  const client = new pg.Client({ connectionString: app.databaseUrl, options: '-c role=headwater_app' })
  await client.connect()
  await client.query(`begin; set local app.workspace_id = '${ctx.workspace.num}'`)
  const tx = openTx(client as unknown as pg.PoolClient, ctx.workspace.num, {
    kindsOf: () => [],
    handlers: [],
  })
  return { tx, end: async (how) => void (await client.query(how)), close: () => client.end() }
}

const word = (person: number, state: Statement['state'], topic: string, at: number): Statement => ({
  ...{ person, channel: 'sms', topic, state, at, source: 'api', proof: { n: at } },
  by: { kind: 'system', name: 'test' },
})
const say = (tx: Tx, one: Statement) => recordStatements({ hash, listeners: [] }, tx, [one])
const ask = (tx: Tx, topic = 'newsletter') => {
  const people = persons.map((person, at) => ({ person, address: addressOf(at) }))
  return refusals(hash, tx, ctx, { channel: 'sms', topic, people })
}

test('a refusal that was committed is seen by every later claim, and one that comes in between waits for its end', async () => {
  const [claim, word1] = [await openOwn(), await openOwn()]
  expect((await ask(claim.tx)).size).toBe(0)
  let isDone = false
  const saying = say(word1.tx, word(persons[0] as number, 'denied', '', app.clock.now())).then(() => {
    isDone = true
  })
  // It waits: its own backend says so.
  await vi.waitFor(async () => {
    const row = await app.database.system((tx) =>
      tx.row<{ n: number }>(
        sql`select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted`,
      ),
    )
    expect(row?.n).toBe(1)
  }, 20_000)
  expect(isDone).toBe(false)
  await claim.end('commit')
  await saying
  // Now a claim waits for the word, and then sees it, though it asked before the commit.
  const later = await openOwn()
  const asking = ask(later.tx)
  await vi.waitFor(async () => {
    const row = await app.database.system((tx) =>
      tx.row<{ n: number }>(
        sql`select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted`,
      ),
    )
    expect(row?.n).toBe(1)
  }, 20_000)
  await word1.end('commit')
  expect([...(await asking)]).toEqual([
    [persons[0], 'denied'],
    [persons[1], 'denied'],
  ])
  await later.end('rollback')
  for (const one of [claim, word1, later]) await one.close()
})

test(`interleaved, no claim is committed after a refusal that was committed before it (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          who: fc.nat({ max: 3 }),
          topic: fc.constantFrom('', 'newsletter', 'events'),
          state: fc.constantFrom('denied' as const, 'denied' as const, 'granted' as const),
          suppress: fc.boolean(),
          rollback: fc.nat({ max: 4 }).map((n) => n === 0),
        }),
        { minLength: 1, maxLength: 6 },
      ),
      async (words) => {
        await app.database.write(ctx, async (tx) => {
          for (const table of ['entry', 'state', 'address_refusal', 'suppression', 'unshipped'])
            await tx.run(
              sql`delete from ${sql.table(`consents.${table}`)} where workspace_id = ${tx.workspace}`,
            )
        })
        // One side claims again and again, noting what it was told; the other says one word after the other. Postgres
        // gives each transaction its place: the sequence is read inside it, where the locks are held.
        const log: { place: number; kind: 'claim' | 'word'; told?: Map<number, string>; word?: number }[] = []
        const place = async (tx: Tx) =>
          (await tx.row<{ n: number }>(sql`select nextval('profiles.version_seq') as n`))?.n as number
        const claims = async () => {
          for (let turn = 0; turn < 6; turn++)
            await app.database.write(ctx, async (tx) => {
              const told = await ask(tx)
              log.push({ kind: 'claim', told, place: await place(tx) })
            })
        }
        const speaks = async () => {
          for (const [at, one] of words.entries()) {
            const person = persons[one.who] as number
            await app.database
              .write(ctx, async (tx) => {
                if (one.suppress)
                  await suppressAll(hash, tx, ctx, [
                    { channel: 'sms', address: addressOf(one.who), reason: 'manual' },
                  ])
                else await say(tx, word(person, one.state, one.topic, ctx.now + at))
                const mine = await place(tx)
                if (one.rollback) throw new Error('rolled back')
                log.push({ kind: 'word', word: at, place: mine })
              })
              .catch((error: Error) => {
                if (error.message !== 'rolled back') throw error
              })
          }
        }
        await Promise.all([claims(), speaks(), claims()])
        const model = newModel()
        for (const step of log.toSorted((a, b) => a.place - b.place)) {
          const said = step.word === undefined ? undefined : words[step.word]
          if (said) model.take(said)
          else
            expect(named(step.told as Map<number, string>), `seed ${seed}`).toEqual(
              model.refused('newsletter'),
            )
        }
      },
    ),
    { seed, numRuns: runs },
  )
})

const named = (told: ReadonlyMap<number, string>) =>
  Object.fromEntries([...told].map(([person, why]) => [persons.indexOf(person), why]))

type Word = { who: number; topic: string; state: 'denied' | 'granted'; suppress: boolean }
/** The written rules, as naive as they can be said: of four people the first two share a number. */
function newModel() {
  const said: Record<string, string>[] = [{}, {}, {}, {}]
  const suppressed = new Set<number>()
  /** Who refused what for the address of somebody, without what was asked for again. */
  const refusals: { who: number; topic: string; except: Set<string> }[] = []
  const share = (a: number, b: number) => addressOf(a) === addressOf(b)
  return {
    take({ who, topic, state, suppress }: Word) {
      if (suppress) {
        for (const at of [0, 1, 2, 3]) if (share(at, who)) suppressed.add(at)
        return
      }
      const mine = said[who] as Record<string, string>
      if (topic === '' && state === 'denied') for (const key of Object.keys(mine)) delete mine[key]
      mine[topic] = state
      const drop = (test: (one: (typeof refusals)[number]) => boolean) => {
        for (const one of refusals.filter(test)) refusals.splice(refusals.indexOf(one), 1)
      }
      if (state === 'denied') {
        drop((one) => one.who === who && (topic === '' || one.topic === topic))
        refusals.push({ who, topic, except: new Set() })
      } else {
        drop((one) => one.who === who && one.topic === topic)
        if (topic !== '')
          for (const one of refusals) if (one.who === who && one.topic === '') one.except.add(topic)
      }
    },
    refused(topic: string) {
      const answer: Record<number, string> = {}
      for (const at of [0, 1, 2, 3]) {
        const mine = said[at] as Record<string, string>
        const byAddress = refusals.some(
          (one) =>
            share(one.who, at) && (one.topic === topic || (one.topic === '' && !one.except.has(topic))),
        )
        if (suppressed.has(at)) answer[at] = 'suppressed'
        else if ((mine[topic] ?? mine['']) === 'denied' || byAddress) answer[at] = 'denied'
      }
      return answer
    },
  }
}

test('a topic there is not refuses the claim as a whole; nobody asks for nothing', async () => {
  const asked: Asked = {
    channel: 'sms',
    topic: 'none',
    people: [{ person: persons[0] as number, address: 'x' }],
  }
  await expect(app.database.write(ctx, (tx) => refusals(hash, tx, ctx, asked))).rejects.toMatchObject({
    code: 'consent.topic_missing',
  })
  expect(await app.database.write(ctx, (tx) => refusals(hash, tx, ctx, { ...asked, people: [] }))).toEqual(
    new Map(),
  )
})
