import { AwsV4Signer } from 'aws4fetch'
import type { Credentials, S3Place } from '#modules/connectors/contract.ts'
import { type ListedObject, readFault, readListing } from '#modules/connectors/server/s3/read-listing.ts'
import { AppError } from '#platform/errors.ts'
import type { Outbound, OutboundAnswer } from '#platform/outbound/create-outbound.ts'

export type Listing = { objects: ListedObject[]; next: string | undefined }

/** Objects of one bucket. */
export type Bucket = {
  /** A page of objects by name, continued from `next` of the page before. */
  list(prefix: string, next?: string, limit?: number): Promise<Listing>
  /** Writes an object to a file; `connection.object_changed` when it is not the one that was listed any more. */
  fetch(object: ListedObject, path: string, signal?: AbortSignal): Promise<void>
}

const downloadMs = 60 * 60_000
const mostListingBytes = 8 * 1024 * 1024

/** S3 as Amazon, Aliyun OSS, Tencent COS, MinIO and Ceph speak it: listed by version 2, signed by Signature V4. */
export function openBucket(outbound: Outbound, place: S3Place, { key, secret }: Credentials): Bucket {
  const base = baseOf(place)
  const sign = async (url: URL, headers: Record<string, string> = {}) => {
    const signed = await new AwsV4Signer({
      url: url.href,
      ...{ method: 'GET', headers, accessKeyId: key, secretAccessKey: secret },
      ...{ service: 's3', region: place.region },
    }).sign()
    return { url: signed.url.href, headers: Object.fromEntries(signed.headers) }
  }
  return {
    list: async (prefix, next, limit = 1000) => {
      const url = new URL(base)
      url.searchParams.set('list-type', '2')
      url.searchParams.set('max-keys', String(limit))
      if (prefix !== '') url.searchParams.set('prefix', prefix)
      if (next !== undefined) url.searchParams.set('continuation-token', next)
      const { url: to, headers } = await sign(url)
      const answer = await outbound(to, { headers, timeout: 30_000, maxBytes: mostListingBytes })
      if (answer.status !== 200) throw refusal(answer)
      return readListing(answer.body.toString('utf8'))
    },
    fetch: async (object, path, signal) => {
      const url = new URL(base)
      url.pathname += object.key.split('/').map(encodeURIComponent).join('/')
      // Or an object that is written anew meanwhile would be imported under the mark of its former self.
      const { url: to, headers } = await sign(url, { 'if-match': object.etag })
      // No more than was listed: a storage that goes on for ever would fill the disk.
      const options = {
        ...{ headers, timeout: downloadMs, maxBytes: object.size },
        ...(signal ? { signal } : {}),
      }
      const answer = await outbound.download(to, path, options).catch(whenLonger)
      if (answer.status === 412 || answer.status === 404)
        throw new AppError('connection.object_changed', 'conflict', 'The object changed after it was listed.')
      if (answer.status !== 200) throw refusal(answer)
    },
  }
}

/** It is not the object that was listed any more. */
function whenLonger(error: unknown): never {
  if (!(error instanceof AppError) || error.code !== 'outbound.answer_too_large') throw error
  throw new AppError('connection.object_changed', 'conflict', 'The object is longer than it was listed.', {
    cause: error,
  })
}

function baseOf(place: S3Place): string {
  const url = new URL(place.endpoint)
  const path = url.pathname.replace(/\/$/, '')
  if (place.path_style) return `${url.origin}${path}/${place.bucket}/`
  return `${url.protocol}//${place.bucket}.${url.host}${path}/`
}

function refusal({ status, body }: OutboundAnswer): AppError {
  const { code } = readFault(body.toString('utf8'))
  const said = code === '' ? String(status) : `${status} ${code}`
  if (status >= 500 || status === 429)
    return new AppError('connection.busy', 'busy', `The storage answered ${said}.`, { retryAfter: 30 })
  if (code === 'NoSuchBucket')
    return new AppError('connection.no_bucket', 'invalid', 'There is no such bucket at this endpoint.')
  return new AppError('connection.refused', 'invalid', `The storage refused: ${said}.`, { details: { said } })
}
