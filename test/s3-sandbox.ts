import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Stored = { body: Buffer; etag: string }
export type S3Sandbox = {
  url: string
  port: number
  key: string
  secret: string
  put(name: string, body: string | Buffer): void
  /** Requests that were answered, by path and query. */
  asked: string[]
  /** Objects per page of a listing. */
  pageSize: number
  close(): Promise<void>
}

const bucket = 'leads'
const region = 'eu-test-1'

/**
 * As much of S3 as an import needs: ListObjectsV2 with continuation and GetObject, path style. Signatures are checked by
 * an implementation of its own, written after the description of Signature Version 4, not by the library that makes them.
 */
export async function startS3Sandbox(): Promise<S3Sandbox> {
  const objects = new Map<string, Stored>()
  const sandbox = { key: 'AKTEST', secret: 'wJalr/sandbox+secret', asked: [] as string[], pageSize: 1000 }
  const server = createServer((request, response) => {
    sandbox.asked.push(request.url ?? '')
    const fault = checkSignature(request, sandbox)
    if (fault) return refuse(response, 403, fault)
    const url = new URL(request.url ?? '/', 'http://sandbox')
    if (!url.pathname.startsWith(`/${bucket}/`)) return refuse(response, 404, 'NoSuchBucket')
    const name = decodeURIComponent(url.pathname.slice(bucket.length + 2))
    if (name === '') return list(response, objects, url.searchParams, sandbox.pageSize)
    const found = objects.get(name)
    if (!found) return refuse(response, 404, 'NoSuchKey')
    const wanted = request.headers['if-match']
    if (wanted !== undefined && wanted !== found.etag) return refuse(response, 412, 'PreconditionFailed')
    response.writeHead(200, { etag: found.etag, 'content-length': found.body.length }).end(found.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.assign(sandbox, {
    ...{ url: `http://127.0.0.1:${port}`, port },
    put: (name: string, body: string | Buffer) => {
      const bytes = Buffer.from(body)
      objects.set(name, { body: bytes, etag: `"${createHash('md5').update(bytes).digest('hex')}"` })
    },
    close: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  })
}

export const sandboxPlace = (url: string) => ({ kind: 's3', endpoint: url, region, bucket })

function list(
  response: ServerResponse,
  objects: Map<string, Stored>,
  query: URLSearchParams,
  pageSize: number,
) {
  const prefix = query.get('prefix') ?? ''
  const after = query.get('continuation-token')
  const names = [...objects.keys()].filter((name) => name.startsWith(prefix)).sort()
  const from = after === null ? 0 : names.indexOf(Buffer.from(after, 'base64').toString()) + 1
  const page = names.slice(from, from + Math.min(pageSize, Number(query.get('max-keys') ?? 1000)))
  const isCut = from + page.length < names.length
  const contents = page.map((name) => {
    const { body, etag } = objects.get(name) as Stored
    return `<Contents><Key>${xml(name)}</Key><LastModified>2026-11-28T00:00:00.000Z</LastModified><ETag>${xml(etag)}</ETag><Size>${body.length}</Size></Contents>`
  })
  const next = `<NextContinuationToken>${Buffer.from(page.at(-1) ?? '').toString('base64')}</NextContinuationToken>`
  response
    .writeHead(200, { 'content-type': 'application/xml' })
    .end(
      `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>${isCut}</IsTruncated>${isCut ? next : ''}${contents.join('')}</ListBucketResult>`,
    )
}

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`)
}

const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest()
const strict = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

/** The code S3 refuses with, or undefined when the signature is right. */
function checkSignature(request: IncomingMessage, { key, secret }: { key: string; secret: string }) {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/
  const [, id, day = '', where = '', signed = '', signature = ''] =
    pattern.exec(request.headers.authorization ?? '') ?? []
  if (id !== key) return 'InvalidAccessKeyId'
  const time = String(request.headers['x-amz-date'])
  const age =
    Date.now() - Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (!time.startsWith(day) || !(Math.abs(age) < 900_000)) return 'RequestTimeTooSkewed'
  if (where !== region) return 'AuthorizationHeaderMalformed'
  const names = signed.split(';')
  if (!names.includes('host') || !names.includes('x-amz-content-sha256')) return 'AccessDenied'
  const url = new URL(request.url ?? '/', 'http://sandbox')
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  const canonical = [
    request.method,
    path
      .split('/')
      .map((part) => strict(decodeURIComponent(part)))
      .join('/'),
    [...url.searchParams]
      .map(([name, value]) => `${strict(name)}=${strict(value)}`)
      .sort()
      .join('&'),
    ...names.map((name) => `${name}:${String(request.headers[name] ?? '').trim()}`),
    '',
    signed,
    String(request.headers['x-amz-content-sha256']),
  ].join('\n')
  const scope = `${day}/${where}/s3/aws4_request`
  const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${createHash('sha256').update(canonical).digest('hex')}`
  const secretOfDay = ['s3', 'aws4_request'].reduce(
    (last, part) => hmac(last, part),
    hmac(hmac(`AWS4${secret}`, day), where),
  )
  const right = hmac(secretOfDay, text)
  return timingSafeEqual(right, Buffer.from(signature, 'hex')) ? undefined : 'SignatureDoesNotMatch'
}
