import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { AppError } from '#platform/errors.ts'

const inflate = promisify(gunzip)

/** 4 MB after decompression: eight times what the official SDKs put into one request. */
export const maxBodyBytes = 4 * 1024 * 1024

/** Far more than fits with sensible items; a list of a million zeros costs us more than its sender. */
export const maxItems = 50_000

/** The body as plain JSON bytes; gzip is recognised by its magic number, as RudderStack's header cannot be relied on. */
export async function plainBody(body: Buffer): Promise<Buffer> {
  return withoutMark(body[0] === 0x1f && body[1] === 0x8b ? await unzip(body) : body)
}

async function unzip(body: Buffer): Promise<Buffer> {
  try {
    return await inflate(body, { maxOutputLength: maxBodyBytes })
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw new AppError('collect.bad_gzip', 'malformed', 'The body is not valid gzip.', { cause: error })
  }
}

// The byte order mark that .NET and PowerShell put in front.
const withoutMark = (body: Buffer) =>
  body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body

export const tooLarge = () =>
  new AppError(
    'collect.too_large',
    'too_large',
    `A request may have ${maxBodyBytes} bytes at most; send smaller batches.`,
  )

export type Envelope = { items: number; writeKey: string | undefined }

/** Checks that the body is JSON of the right outline and counts its items; the items are judged when projected. */
export function readEnvelope(body: Buffer, batch: boolean): Envelope {
  const parsed = parse(body)
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed))
    throw new AppError('collect.not_an_object', 'malformed', 'The body must be a JSON object.')
  const { batch: list, writeKey } = parsed as { batch?: unknown; writeKey?: unknown }
  const key = typeof writeKey === 'string' ? writeKey : undefined
  if (!batch) return { items: 1, writeKey: key }
  if (!Array.isArray(list))
    throw new AppError('collect.no_batch', 'malformed', 'A batch needs a list `batch`.')
  if (list.length > maxItems)
    throw new AppError('collect.too_many_items', 'too_large', `A request may have ${maxItems} items at most.`)
  return { items: list.length, writeKey: key }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw new AppError('collect.bad_json', 'malformed', 'The body is not valid JSON.', { cause: error })
  }
}

/** Write key: user name of HTTP Basic; else of the body, the query; else the Bearer token, which may also be an OAuth one. */
export function writeKeyOf(
  authorization: string | undefined,
  body: string | undefined,
  query: unknown,
): string | undefined {
  const [scheme = '', value = ''] = (authorization ?? '').trim().split(/\s+/)
  if (/^basic$/i.test(scheme)) {
    const [user] = Buffer.from(value, 'base64').toString('utf8').split(':')
    if (user) return user
  }
  const inQuery = (query as { writeKey?: unknown } | undefined)?.writeKey
  const bearer = /^bearer$/i.test(scheme) && value !== '' ? value : undefined
  return body ?? (typeof inQuery === 'string' ? inQuery : undefined) ?? bearer
}

type Fields = Record<string, unknown>

/** RudderStack's pixel writes nested fields with dots: `properties.path=/a`, `context.page.url=…`. */
export function nestFields(query: Fields): Fields {
  const nested: Fields = Object.create(null)
  for (const [path, value] of Object.entries(query)) {
    const steps = path.split('.', deepestField + 1)
    if (steps.length > deepestField) nested[path] = value
    else descend(nested, steps.slice(0, -1))[steps.at(-1) as string] = value
  }
  return nested
}

// A query of 16 kB could name 8,000 levels, which JSON.stringify does not survive.
const deepestField = 12

function descend(from: Fields, steps: readonly string[]): Fields {
  let at = from
  for (const step of steps) {
    const next = at[step]
    const found = typeof next === 'object' && next !== null && !Array.isArray(next)
    const below = found ? (next as Fields) : (Object.create(null) as Fields)
    at[step] = below
    at = below
  }
  return at
}
