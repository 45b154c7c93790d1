import { setTimeout as sleep } from 'node:timers/promises'
import { anInstance, type Found, type Instance } from '#test/faults/instance.ts'
import { generator, type LedgerClient, startClient, untilAcknowledged } from '#test/faults/ledger-client.ts'
import { readStored, untilSettled } from '#test/faults/stored-state.ts'

type Kill = { name: string; wanted: (one: Found) => boolean; needsStart: boolean }

// `program`: Headwater dies and its Postgres is left behind, as after a SIGKILL by hand or by the OOM killer.
const kills: Kill[] = [
  { name: 'tree', wanted: () => true, needsStart: true },
  { name: 'clickhouse', wanted: (one) => one.role === 'clickhouse', needsStart: false },
  { name: 'program', wanted: (one) => one.role === 'program' || one.role === 'launcher', needsStart: true },
  { name: 'postmaster', wanted: (one) => one.role === 'postmaster', needsStart: false },
  { name: 'collector', wanted: (one) => one.role === 'collector', needsStart: false },
  { name: 'backend', wanted: (one) => one.role === 'backend', needsStart: false },
]

export type KillReport = {
  kills: Record<string, number>
  sent: number
  acknowledged: number
  refused: Record<string, number>
  missingRetryAfter: number
  broken: number
  lost: string[]
  double: string[]
  ghosts: string[]
  notLogged: string[]
  counter: Record<string, number>
  agree: { events: boolean; people: boolean }
  /** Starts that found rows missing: a killed process loses none that its engine had answered for. */
  healed: number
  /** By what was killed: the longest time until events were acknowledged again. */
  slowestReturnMs: Record<string, number>
}

/** Kills parts of a running instance at random moments under load, and counts what became of every acknowledged event. */
export async function runKillLoop(options: { kills: number; seed: number }): Promise<KillReport> {
  const instance = anInstance()
  const random = generator(options.seed)
  const done: Record<string, number> = {}
  const slowestReturnMs: Record<string, number> = {}
  try {
    await instance.start()
    const keys = await instance.init()
    const ledger = `${instance.dataDir}.ledger`
    const client = startClient({
      url: instance.url,
      writeKey: keys.writeKey,
      ledger,
      seed: options.seed,
      pauseMs: 15,
    })
    for (let n = 0; n < options.kills; n++) {
      await untilAcknowledged(client, 20)
      await sleep(random() * 1500)
      const kill = kills[n % kills.length] as Kill
      if (process.env.HW_FAULTS_KEEP)
        process.stderr.write(`${instance.dataDir} ${kill.name} ${client.tally.acknowledged}\n`)
      const took = Math.round(await killAndReturn(instance, client, kill, random))
      slowestReturnMs[kill.name] = Math.max(slowestReturnMs[kill.name] ?? 0, took)
      done[kill.name] = (done[kill.name] ?? 0) + 1
    }
    await untilAcknowledged(client, 20)
    await client.stop()
    await untilSettled(instance.url, keys)
    instance.kill('SIGTERM', (one) => one.role === 'launcher')
    await instance.ended()
    return { ...(await compare(instance, client)), kills: done, slowestReturnMs }
  } catch (error) {
    // The folder goes, and with it what the instance had to say of itself.
    throw new Error(`after ${JSON.stringify(done)}: ${String(error)}\n${lastWords(instance)}`, {
      cause: error,
    })
  } finally {
    instance.remove()
  }
}

/** The last lines of its log that are not about single requests, which are refused by the hundred. */
const lastWords = (instance: Instance): string =>
  instance
    .log()
    .split('\n')
    .filter((line) => !line.includes('"requestId"'))
    .slice(-30)
    .map((line) => line.slice(0, 300))
    .join('\n')

/** Answers how long it took until events were acknowledged again. */
async function killAndReturn(
  instance: Instance,
  client: LedgerClient,
  kill: Kill,
  random: () => number,
): Promise<number> {
  const before = instance.processes().filter(kill.wanted)
  // One backend of many: the postmaster ends all others and recovers.
  const chosen = kill.name === 'backend' ? before[Math.floor(random() * before.length)]?.pid : undefined
  instance.kill('SIGKILL', (one) => kill.wanted(one) && (chosen === undefined || one.pid === chosen))
  const from = performance.now()
  if (kill.needsStart) {
    await instance.ended()
    await instance.start()
  }
  await untilAcknowledged(client, 1)
  return performance.now() - from
}

async function compare(instance: Instance, client: LedgerClient) {
  const acknowledged = client.acknowledged()
  const { rows, logged, counter, eventsAgree, peopleAgree } = await readStored(instance.dataDir)
  return {
    sent: client.sent.size,
    acknowledged: acknowledged.size,
    refused: Object.fromEntries(client.tally.refused),
    missingRetryAfter: client.tally.missingRetryAfter,
    broken: client.tally.failed,
    lost: [...acknowledged].filter((id) => !rows.has(id)),
    double: [...rows].filter(([, n]) => n !== 1).map(([id]) => id),
    ghosts: [...rows.keys()].filter((id) => !client.sent.has(id)),
    notLogged: [...acknowledged].filter((id) => !logged.has(id)),
    counter,
    agree: { events: eventsAgree, people: peopleAgree },
    healed: instance.log().split(/ClickHouse (?:lost rows|is empty)/).length - 1,
  }
}
