import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { AppError } from '#platform/errors.ts'

const inflate = promisify(gunzip)

/** 4 MB after decompression: eight times what the official SDKs put into one request. */
export const maxBodyBytes = 4 * 1024 * 1024

/** The body as plain JSON bytes; gzip is recognised by its magic number, as RudderStack's header cannot be relied on. */
export async function plainBody(body: Buffer): Promise<Buffer> {
  if (body.length < 2 || body[0] !== 0x1f || body[1] !== 0x8b) return body
  try {
    return await inflate(body, { maxOutputLength: maxBodyBytes })
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw new AppError('collect.bad_gzip', 'malformed', 'The body is not valid gzip.', { cause: error })
  }
}

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
  return { items: list.length, writeKey: key }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw new AppError('collect.bad_json', 'malformed', 'The body is not valid JSON.', { cause: error })
  }
}

/** Write key of HTTP Basic (user name) or Bearer, else of the body, else of the query. */
export function writeKeyOf(
  authorization: string | undefined,
  body: string | undefined,
  query: unknown,
): string | undefined {
  if (authorization?.startsWith('Basic ')) {
    const [user] = Buffer.from(authorization.slice(6), 'base64').toString('utf8').split(':')
    if (user) return user
  }
  if (authorization?.startsWith('Bearer ')) return authorization.slice(7)
  const inQuery = (query as { writeKey?: unknown } | undefined)?.writeKey
  return body ?? (typeof inQuery === 'string' ? inQuery : undefined)
}
