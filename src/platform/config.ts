import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { AppError } from '#platform/errors.ts'
import { readMailbox } from '#platform/mail/mail-address.ts'
import { readSmtpUrl } from '#platform/mail/smtp-server.ts'

const port = z.coerce.number().int().min(0).max(65535)
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
)

/** Every setting, with its environment name, default and meaning; printed by `hw config`. */
export const Settings = z.object({
  HEADWATER_DATA_DIR: z
    .string()
    .default('./data')
    .describe('Folder that holds everything: both engines, keys, files.'),
  HEADWATER_PORT: port.default(4600).describe('TCP port of the web UI and the APIs; 0 picks a free one.'),
  HEADWATER_HOST: z.string().default('127.0.0.1').describe('Address to listen on.'),
  HEADWATER_BASE_URL: z.string().default('').describe('Public address, for links; empty: http://host:port.'),
  HEADWATER_ALLOW_TARGETS: list
    .default([])
    .describe('host:port or CIDR list that outbound requests may reach although it is loopback or private.'),
  HEADWATER_IMPORT_DIR: z
    .string()
    .default('')
    .describe(
      'Folder with one folder per workspace that imports watch; empty: imports/inbox in the data folder.',
    ),
  HEADWATER_IMPORT_STILL_SECONDS: z.coerce
    .number()
    .min(0)
    .default(4)
    .describe('How long a file in a watched folder must not have changed before it is imported.'),
  HEADWATER_SMTP_URL: z
    .string()
    .default('')
    .refine((text) => text === '' || readSmtpUrl(text) !== undefined, {
      // Without the text itself: it holds a password.
      message: 'Write smtp://user:password@host:587 or smtps://…:465; ?tls= is required, offered or off.',
    })
    .describe('Mail server, smtp://user:password@host:587 or smtps://…:465; empty: no mail is sent.'),
  HEADWATER_MAIL_FROM: z
    .string()
    .default('')
    .refine((text) => text === '' || readMailbox(text) !== undefined, {
      message: 'Write an address, or a name with one: Headwater <crm@example.com>.',
    })
    .describe('Sender of all mail: crm@example.com or Headwater <crm@example.com>.'),
  HEADWATER_CHROMIUM: z
    .string()
    .default('')
    .describe('Path of the Chromium that draws boards for mail; empty: looked for where systems put it.'),
  HEADWATER_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('Least severe level that is logged (JSON lines on stderr).'),
  HEADWATER_SECRET_KEY: z
    .string()
    .default('')
    .describe('Key of secrets at rest (base64, 32 bytes); empty: made once and kept in the data folder.'),
  HEADWATER_TRUST_PROXY: z.stringbool().default(false).describe('Believe X-Forwarded-* headers of the peer.'),
  DATABASE_URL: z.string().default('').describe('PostgreSQL 18 to use in place of the embedded one.'),
  CLICKHOUSE_URL: z
    .string()
    .default('')
    .describe('ClickHouse (http://user:password@host:8123/database) in place of the embedded one.'),
  HEADWATER_CH_CLUSTER: z
    .string()
    .default('')
    .describe('Name of the ClickHouse cluster; empty: single node tables.'),
  HEADWATER_CH_THREADS: z.coerce
    .number()
    .int()
    .min(1)
    .default(2)
    .describe('Threads of the embedded ClickHouse per query.'),
  HEADWATER_CH_MEMORY_MB: z.coerce
    .number()
    .int()
    .min(256)
    .default(4096)
    .describe('Memory limit of the embedded ClickHouse, MiB.'),
  HEADWATER_COLLECTOR: z
    .enum(['process', 'inside'])
    .default('process')
    .describe(
      'Who takes events in: a process of its own, which also passes everything else on, or the main one (saves some 65 MB).',
    ),
  HEADWATER_COLLECT_FLUSH_MS: z.coerce
    .number()
    .min(0)
    .default(4)
    .describe('Group commit: how long requests gather, ms.'),
  HEADWATER_COLLECT_QUEUE_MB: z.coerce
    .number()
    .min(1)
    .default(64)
    .describe('Bytes of accepted-but-uncommitted batches before 503, MiB.'),
  HEADWATER_COLLECT_RATE: z.coerce
    .number()
    .min(0)
    .default(0)
    .describe('Items per second and workspace before 429; 0: no quota.'),
})
export type Settings = z.infer<typeof Settings>

/** Reads the environment; `NAME_FILE` names a file that holds the value. Fails with the full list of faults. */
export function readConfig(env: Record<string, string | undefined>): Settings {
  const given: Record<string, string> = {}
  for (const name of Object.keys(Settings.shape)) {
    const file = env[`${name}_FILE`]
    const value = file ? readFileSync(file, 'utf8').trim() : env[name]
    if (value !== undefined && value !== '') given[name] = value
  }
  const parsed = Settings.safeParse(given)
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new AppError('config.invalid', 'invalid', `Settings are not usable:\n  ${faults.join('\n  ')}`)
  }
  return { ...parsed.data, HEADWATER_DATA_DIR: resolve(parsed.data.HEADWATER_DATA_DIR) }
}

const secretNames = new Set(['HEADWATER_SECRET_KEY', 'DATABASE_URL', 'CLICKHOUSE_URL', 'HEADWATER_SMTP_URL'])

/** One line per setting: name, value (secrets masked), default, meaning. */
export function describeConfig(settings: Settings): { name: string; value: string; meaning: string }[] {
  return Object.entries(Settings.shape).map(([name, schema]) => {
    const value = String(settings[name as keyof Settings])
    return {
      name,
      value: secretNames.has(name) && value !== '' ? '••••' : value,
      meaning: schema.description ?? '',
    }
  })
}
