import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { anInstance } from '#test/faults/instance.ts'
import { startClient, untilAcknowledged } from '#test/faults/ledger-client.ts'
import { readStored, untilSettled } from '#test/faults/stored-state.ts'

// A file system of our own needs a mount namespace, which needs root (or rights over namespaces).
const canMount =
  process.platform === 'linux' &&
  spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0
const cleanUps: (() => void)[] = []
afterAll(() => {
  for (const one of cleanUps.reverse()) one()
})

/** A small disk, seen by who enters the namespace and, through /proc, by us. */
async function aSmallDisk(megabytes: number): Promise<{ dir: string; view: string; holder: ChildProcess }> {
  const dir = mkdtempSync('/tmp/hw-faults-disk-')
  const script = 'mount -t tmpfs -o size="$0"m tmpfs "$1" && touch "$1/.mounted" && exec sleep 1000'
  const holder = spawn('unshare', ['-m', 'sh', '-c', script, String(megabytes), dir], { stdio: 'ignore' })
  const view = `/proc/${holder.pid}/root${dir}`
  cleanUps.push(() => {
    holder.kill('SIGKILL')
    rmSync(dir, { recursive: true, force: true })
  })
  for (let n = 0; !existsSync(join(view, '.mounted')) && n < 200; n++) await sleep(20)
  rmSync(join(view, '.mounted'))
  return { dir, view, holder }
}

function fillUp(view: string): string {
  const filler = join(view, 'filler')
  try {
    for (;;) writeFileSync(filler, Buffer.alloc(256 * 1024, 1), { flag: 'a' })
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC')
  }
  return filler
}

test.skipIf(!canMount)(
  'a full disk refuses with 503, loses nothing that was acknowledged, and passes by itself',
  { timeout: 240_000 },
  async () => {
    const { dir, view, holder } = await aSmallDisk(500)
    const enter = ['nsenter', '-t', String(holder.pid), '-m', '--']
    const instance = anInstance({ dataDir: dir, view, wrap: (command) => [...enter, ...command] })
    cleanUps.push(() => instance.remove())
    await instance.start()
    const keys = await instance.init()
    const ledger = `${dir}.ledger`
    cleanUps.push(() => rmSync(ledger, { force: true }))
    const client = startClient({
      url: instance.url,
      writeKey: keys.writeKey,
      ledger,
      pauseMs: 10,
      paddingBytes: 20_000,
    })
    await untilAcknowledged(client, 500)

    const filler = fillUp(view)
    const refusals = () => client.tally.refused.get(503) ?? 0
    await expect.poll(refusals, { timeout: 60_000, interval: 200 }).toBeGreaterThan(20)
    const whileFull = client.tally.acknowledged
    await sleep(2000)
    const stillFull = client.tally.acknowledged - whileFull
    // The management API, too, says that it is a bad moment and not a bug; small writes may find a little room.
    const changes = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        fetch(`${instance.url}/api/tags`, {
          method: 'POST',
          headers: { authorization: `Bearer ${keys.apiKey}`, 'content-type': 'application/json' },
          body: JSON.stringify({ name: `${n}`.padEnd(50, 'x') }),
          signal: AbortSignal.timeout(30_000),
        }).then((reply) => ({ status: reply.status, retryAfter: reply.headers.get('retry-after') })),
      ),
    )
    expect(changes.filter((one) => one.status !== 201 && !(one.status === 503 && one.retryAfter))).toEqual([])
    rmSync(filler)
    await untilAcknowledged(client, 200)
    await client.stop()
    await untilSettled(instance.url, keys)
    instance.kill('SIGTERM', (one) => one.role === 'program')
    await instance.ended()
    expect([...client.tally.refused.keys()]).toEqual([503])
    expect(client.tally.missingRetryAfter).toBe(0)
    // Some room may be left in files that exist; it does not take whole seconds' worth.
    expect(stillFull).toBeLessThan(500)

    const copy = mkdtempSync('/tmp/hw-faults-copy-')
    if (!process.env.HW_FAULTS_KEEP) cleanUps.push(() => rmSync(copy, { recursive: true, force: true }))
    execFileSync('cp', ['-a', `${view}/.`, copy])
    const { rows, counter, eventsAgree, peopleAgree } = await readStored(copy)
    expect([...client.acknowledged()].filter((id) => rows.get(id) !== 1)).toEqual([])
    expect([...rows].filter(([id, n]) => n !== 1 || !client.sent.has(id))).toEqual([])
    expect(counter.projected).toBe(counter.accepted)
    expect(counter.rejected).toBe(0)
    expect({ eventsAgree, peopleAgree }).toEqual({ eventsAgree: true, peopleAgree: true })
  },
)
