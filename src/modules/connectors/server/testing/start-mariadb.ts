import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A MariaDB server of its own in a folder of its own, with a user `reader` whose password is `p`. */
export async function startMariadb(): Promise<{
  port: number
  run(sql: string): void
  stop(): Promise<void>
}> {
  const folder = mkdtempSync(join(tmpdir(), 'hw-mariadb-'))
  const port = await freePort()
  const socket = join(folder, 's')
  const own = [`--datadir=${folder}/data`, '--no-defaults']
  execFileSync(
    'mariadb-install-db',
    ['--no-defaults', `--datadir=${folder}/data`, '--auth-root-authentication-method=normal'],
    {
      stdio: 'ignore',
    },
  )
  const server = spawn(
    'mariadbd',
    [
      ...own.toReversed(),
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${socket}`,
      '--user=root',
      '--character-set-server=utf8mb4',
    ],
    { stdio: 'ignore' },
  )
  const ask = (sql: string) =>
    execFileSync(
      'mariadb',
      ['--no-defaults', '--default-character-set=utf8mb4', `--socket=${socket}`, '-uroot'],
      {
        input: sql,
        stdio: ['pipe', 'ignore', 'pipe'],
      },
    )
  await untilReady(() => ask('select 1'))
  for (const host of ['localhost', '127.0.0.1'])
    ask(`create user 'reader'@'${host}' identified by 'p'; grant all on *.* to 'reader'@'${host}'`)
  return {
    port,
    run: (sql) => void ask(sql),
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function untilReady(ask: () => unknown): Promise<void> {
  const until = Date.now() + 30_000
  for (;;) {
    try {
      ask()
      return
    } catch (error) {
      if (Date.now() > until) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
