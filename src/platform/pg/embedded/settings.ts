import type { Client } from 'pg'
import { AppError } from '#platform/errors.ts'

const durableSettings = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' }
const hastySettings = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }

// Given on the command line, so neither postgresql.conf nor ALTER SYSTEM changes what we promise.
const baseSettings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  // pglz: this build knows neither zstd nor lz4.
  wal_compression: 'on',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  // Statements here take milliseconds; compiling them took longer than running them.
  jit: 'off',
  cluster_name: 'headwater',
}

/** `-c name=value` arguments: durable or not, our defaults, the caller's own. */
export function settingArgs(durable: boolean, own: Record<string, string>): string[] {
  const all = { ...baseSettings, ...(durable ? durableSettings : hastySettings), ...own }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** "Acked means on disk" rests on these: refuses to run when any of them is off. */
export async function assertDurable(client: Client): Promise<void> {
  const names = [...Object.keys(durableSettings), 'data_checksums']
  const { rows } = await client.query<{ name: string; setting: string }>(
    'select name, setting from pg_settings where name = any($1)',
    [names],
  )
  const off = names.filter((name) => rows.find((row) => row.name === name)?.setting !== 'on')
  if (off.length === 0) return
  throw new AppError(
    'pg.not_durable',
    'invalid',
    `PostgreSQL would lose committed data: ${off.join(', ')} must be on.`,
  )
}
