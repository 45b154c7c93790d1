import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, expect, test } from 'vitest'
import { createLog } from '#platform/log.ts'
import { nodeExecutable } from '#platform/node-runtime.ts'
import { findBinaries, programsIn } from '#platform/pg/embedded/binaries.ts'
import { placeData } from '#platform/pg/embedded/place-data.ts'
import { unprivilegedAccounts } from '#platform/pg/embedded/run-as.ts'
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '#platform/pg/embedded/start.ts'
import { isPidAlive } from '#platform/process-lock.ts'

const log = createLog('silent')
const folders: string[] = []
const running: EmbeddedPostgres[] = []
const asRoot = process.getuid?.() === 0

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hw-pg-test-'))
  folders.push(folder)
  return folder
}

async function start(dir: string, options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dir, log, durable: false, ...options })
  running.push(server)
  return server
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('a new cluster is durable, listens on no TCP port and knows Chinese letters', async () => {
  const server = await start(join(aFolder(), 'postgres'), { durable: true })
  const [row] = await ask(
    server.superuserUrl,
    `select current_setting('fsync') fsync, current_setting('synchronous_commit') commit,
       current_setting('full_page_writes') pages, current_setting('data_checksums') sums,
       current_setting('listen_addresses') tcp, datctype, '学' ~ '[[:alpha:]]' as letter
     from pg_database where datname = current_database()`,
  )
  expect(row).toEqual({
    fsync: 'on',
    commit: 'on',
    pages: 'on',
    sums: 'on',
    tcp: '',
    datctype: 'C.UTF-8',
    letter: true,
  })
})

test('refuses settings that lose committed data', async () => {
  const dir = join(aFolder(), 'postgres')
  await expect(start(dir, { durable: true, settings: { fsync: 'off' } })).rejects.toMatchObject({
    code: 'pg.not_durable',
  })
})

test('url() opens any database as any role, and data outlives a stop', async () => {
  const dir = join(aFolder(), 'postgres')
  const server = await start(dir)
  await ask(server.superuserUrl, 'create role "app role" login')
  await ask(server.superuserUrl, 'create database "my db" owner "app role"')
  await ask(server.url('my db', 'app role'), 'create table kept as select 7 as n')
  await Promise.all([server.stop(), server.stop()])
  expect(isPidAlive(server.pid)).toBe(false)
  const again = await start(dir)
  expect(await ask(again.url('my db', 'app role'), 'select n, current_user::text who from kept')).toEqual([
    { n: 7, who: 'app role' },
  ])
})

test('a failed start shows the end of the log', async () => {
  const dir = join(aFolder(), 'postgres')
  const server = await start(dir)
  await server.stop()
  await expect(start(dir, { settings: { shared_buffers: 'nonsense' } })).rejects.toMatchObject({
    code: 'pg.start_failed',
    message: expect.stringContaining('invalid value for parameter "shared_buffers"'),
  })
})

test('tells when the server dies by itself', async () => {
  const server = await start(join(aFolder(), 'postgres'))
  const crashed = new Promise<string>((resolve) => server.onCrash(resolve))
  process.kill(server.pid, 'SIGQUIT')
  expect(await crashed).toContain('PostgreSQL ended')
})

const starter = `
  const { startEmbeddedPostgres } = await import('#platform/pg/embedded/start.ts')
  const { createLog } = await import('#platform/log.ts')
  const server = await startEmbeddedPostgres({ dir: process.argv[1], log: createLog('silent'), durable: false })
  console.log(server.pid)
  if (process.argv[2] === 'stop') { await server.stop(); process.exit(0) }
  setInterval(() => undefined, 1000)`

/** Starts a server in another process, and answers the server's pid and that process. */
async function startElsewhere(dir: string) {
  const owner = spawn(nodeExecutable(), ['--input-type=module', '-e', starter, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(owner.stdout, 'data')
  return { owner, pid: Number(line) }
}

test('after a SIGKILL of its owner the left-over server is stopped and its folder used again', async () => {
  const dir = join(aFolder(), 'postgres')
  const { owner, pid } = await startElsewhere(dir)
  owner.kill('SIGKILL')
  await once(owner, 'exit')
  expect(isPidAlive(pid)).toBe(true)
  const server = await start(dir)
  expect(isPidAlive(pid)).toBe(false)
  expect(await ask(server.superuserUrl, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('after a SIGKILL of owner and server alike it starts and recovers', async () => {
  const dir = join(aFolder(), 'postgres')
  const { owner, pid } = await startElsewhere(dir)
  owner.kill('SIGKILL')
  process.kill(pid, 'SIGKILL')
  await once(owner, 'exit')
  const server = await start(dir)
  expect(await ask(server.superuserUrl, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a pid file that names a process of someone else harms nobody', async () => {
  const dir = join(aFolder(), 'postgres')
  const server = await start(dir)
  await server.stop()
  const bystander = spawn('sleep', ['60'])
  writeFileSync(join(dir, 'postmaster.pid'), `${bystander.pid}\n${dir}\n1\n5432\n/tmp\n`)
  const again = await start(dir)
  expect(isPidAlive(bystander.pid ?? 0)).toBe(true)
  bystander.kill('SIGKILL')
  expect(await ask(again.superuserUrl, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a half-made cluster is made anew', async () => {
  const folder = aFolder()
  mkdirSync(join(folder, 'postgres.new-1/base'), { recursive: true })
  await start(join(folder, 'postgres'))
  expect(existsSync(join(folder, 'postgres.new-1'))).toBe(false)
})

test.runIf(asRoot)('as root below a 0700 folder it runs where it lies, owned by root', async () => {
  const folder = aFolder()
  chmodSync(folder, 0o700)
  const server = await start(join(folder, 'postgres'))
  expect(execFileSync('stat', ['-c', '%u', join(folder, 'postgres')], { encoding: 'utf8' }).trim()).toBe('0')
  expect(readFileSync(`/proc/${server.pid}/status`, 'utf8')).toMatch(/^Uid:\s+0/m)
})

test.runIf(asRoot)('as an ordinary user it runs as that user', async () => {
  const [account] = unprivilegedAccounts()
  const folder = aFolder()
  if (!account) throw new Error('this machine has no unprivileged account')
  chownSync(folder, account.uid, account.gid)
  const result = spawn(
    nodeExecutable(),
    ['--input-type=module', '-e', starter, join(folder, 'postgres'), 'stop'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      uid: account.uid,
      gid: account.gid,
    },
  )
  const [code] = await once(result, 'exit')
  expect(code).toBe(0)
})

test.runIf(asRoot)('as root without user namespaces it runs as another account', async () => {
  const [account] = unprivilegedAccounts()
  if (!account) throw new Error('this machine has no unprivileged account')
  const folder = aFolder()
  chmodSync(folder, 0o755)
  const server = await start(join(folder, 'postgres'), { runAs: { how: 'user', ...account } })
  expect(readFileSync(`/proc/${server.pid}/status`, 'utf8')).toMatch(
    new RegExp(`^Uid:\\s+${account.uid}`, 'm'),
  )
  expect(await ask(server.superuserUrl, 'select 1 as one')).toEqual([{ one: 1 }])
})

test.runIf(asRoot)(
  'as root without user namespaces below a 0700 folder the data is placed where that account can enter',
  async () => {
    const [account] = unprivilegedAccounts()
    if (!account) throw new Error('this machine has no unprivileged account')
    const folder = aFolder()
    const server = await start(join(folder, 'postgres'), { runAs: { how: 'user', ...account } })
    expect(server.dir).toMatch(/^\/var\/lib\/headwater\/postgres-/)
    folders.push(server.dir)
    const rows = await ask(server.superuserUrl, "select current_setting('data_directory') as dir")
    expect(rows).toEqual([{ dir: server.dir }])
  },
)

test.runIf(asRoot)(
  'binaries that account cannot reach are copied to where it can, with their links',
  async () => {
    const [account] = unprivilegedAccounts()
    if (!account) throw new Error('this machine has no unprivileged account')
    const folder = aFolder()
    const installed = findBinaries(join(folder, 'links')).native
    cpSync(installed, join(folder, 'package/native'), { recursive: true, dereference: true })
    cpSync(join(installed, '../package.json'), join(folder, 'package/package.json'))
    for (const name of readdirSync(join(folder, 'package/native/lib'))) {
      if (/^lib(icu|pq).*\.so(\.\d+)?$/.test(name)) rmSync(join(folder, 'package/native/lib', name))
    }
    const hidden = programsIn(join(folder, 'package/native'), undefined)
    const runAs = { how: 'user', ...account } as const
    const { binaries } = placeData(log, runAs, join(folder, 'postgres'), hidden)
    folders.push(binaries.native)
    const { uid, gid } = account
    const version = execFileSync(binaries.postgres, ['--version'], { uid, gid, encoding: 'utf8' })
    expect(version).toMatch(/^postgres \(PostgreSQL\) 18/)
  },
)
