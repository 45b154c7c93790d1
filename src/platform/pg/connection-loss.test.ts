import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { subscriptionsOf } from '#platform/jobs/subscriptions.ts'
import { openDatabase } from '#platform/pg/database.ts'

const url = inject('engines').superuserUrl

test('a connection lost between two statements, or during one, is overload, and the pools go on and end', async () => {
  const errors: string[] = []
  const database = openDatabase({
    url,
    subscriptions: subscriptionsOf([]),
    onError: (error) => errors.push(error.message),
  })
  const pidOf = async (work: (pid: number) => Promise<unknown>) =>
    database.system(async (tx) => {
      const row = await tx.row<{ pid: number }>(sql`select pg_backend_pid() as pid`)
      await work(row?.pid as number)
      await tx.run(sql`select pg_sleep(5)`)
    })
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  const end = (pid: number) => admin.query('select pg_terminate_backend($1, 5000)', [pid])
  await expect(pidOf(end)).rejects.toMatchObject({ kind: 'busy', code: 'database.unavailable' })
  let ended: Promise<unknown> = Promise.resolve()
  const during = pidOf(async (pid) => {
    ended = sleep(200).then(() => end(pid))
  })
  await expect(during).rejects.toMatchObject({ kind: 'busy', code: 'database.unavailable' })
  expect(await database.system((tx) => tx.rows(sql`select 1 as one`))).toEqual([{ one: 1 }])
  await ended
  await admin.end()
  await database.close()
})

test('a server without room or patience is overload; a rule that was broken is not', async () => {
  const database = openDatabase({ url, subscriptions: subscriptionsOf([]), onError: () => undefined })
  const raising = (code: string) =>
    database.system((tx) => tx.run(sql.raw(`do $$ begin raise exception using errcode = '${code}'; end $$`)))
  for (const code of ['53100', '53200', '53300', '57014', '58030'])
    await expect(raising(code), code).rejects.toMatchObject({ code: 'database.unavailable', retryAfter: 2 })
  await expect(raising('23505')).rejects.toMatchObject({ code: '23505' })
  // The connection that was told so is whole: it rolled back and is used again.
  expect(await database.system((tx) => tx.rows(sql`select 1 as one`))).toEqual([{ one: 1 }])
  await database.close()
})

test('a statement without an answer ends by our own limit, and its connection is not used again', async () => {
  const database = openDatabase({
    url,
    subscriptions: subscriptionsOf([]),
    onError: () => undefined,
    systemPool: 1,
  })
  const pid = () => database.system((tx) => tx.row<{ pid: number }>(sql`select pg_backend_pid() as pid`))
  const before = await pid()
  const slow = database.system((tx) => tx.run(sql`select pg_sleep(30)`), { statementMs: 200 })
  await expect(slow).rejects.toMatchObject({ code: 'database.unavailable', retryAfter: 2 })
  expect((await pid())?.pid).not.toBe(before?.pid)
  await database.close()
})
