import { z } from 'zod'
import { defineRoutes, Timestamp } from '#platform/http/define-routes.ts'

const Host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[A-Za-z0-9._:-]+$/)
const Text = z.string().trim().min(1).max(200)

export const S3Place = z.object({
  kind: z.literal('s3'),
  /** `https://s3.eu-central-1.amazonaws.com`, `https://oss-cn-hangzhou.aliyuncs.com`, … */
  endpoint: z.url({ protocol: /^https?$/ }).max(500),
  region: z
    .string()
    .trim()
    .regex(/^[a-z0-9-]{1,60}$/)
    .default('us-east-1'),
  bucket: z
    .string()
    .trim()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{1,62}$/),
  /** `endpoint/bucket/key` in place of `bucket.endpoint/key`. */
  path_style: z.boolean().default(true),
})
export type S3Place = z.infer<typeof S3Place>

const database = {
  host: Host,
  port: z.number().int().min(1).max(65_535),
  database: Text,
  user: Text,
  /** With the server's certificate checked. */
  tls: z.boolean().default(true),
}
export const DatabasePlace = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('postgres'), ...database }),
  z.object({ kind: z.literal('mysql'), ...database }),
])
export type DatabasePlace = z.infer<typeof DatabasePlace>

export const Place = z.discriminatedUnion('kind', [S3Place, ...DatabasePlace.options])
export type Place = z.infer<typeof Place>
export type PlaceKind = Place['kind']

/** Of S3 both keys; of a database its password in `secret`. Written, never read. */
export const Credentials = z.object({
  key: z.string().max(500).default(''),
  secret: z.string().min(1).max(2000),
})
export type Credentials = z.infer<typeof Credentials>

export const Connection = z.object({
  id: z.string(),
  name: z.string(),
  place: Place,
  /** Of S3 the id of its key, which is no secret. */
  key: z.string(),
  /** How the last test, or use, ended. */
  tested: z.object({ at: Timestamp, code: z.string().nullable(), message: z.string().nullable() }).nullable(),
  createdBy: z.string(),
  createdAt: Timestamp,
})
export type Connection = z.infer<typeof Connection>

export const NewConnection = z.object({ name: Text, place: Place, credentials: Credentials })
export type NewConnection = z.infer<typeof NewConnection>
export const ChangeConnection = z.object({
  name: Text.optional(),
  place: Place.optional(),
  /** Needed whenever the connection leads elsewhere: kept credentials go nowhere they were not meant for. */
  credentials: Credentials.optional(),
})
export type ChangeConnection = z.infer<typeof ChangeConnection>

const One = z.object({ id: z.string().min(1).max(64) })

export const routes = defineRoutes({
  list: {
    get: '/api/connections',
    access: 'source:read',
    summary: 'Places data comes from, by name; never their secrets',
    returns: z.object({ items: z.array(Connection) }),
  },
  create: {
    post: '/api/connections',
    access: 'source:write',
    summary: 'Keep a way to S3-compatible storage or a database; its secret is sealed',
    body: NewConnection,
    returns: Connection,
    status: 201,
    fails: ['connection.name_taken'],
  },
  change: {
    patch: '/api/connections/:id',
    access: 'source:write',
    summary: 'Change a connection; one that leads elsewhere needs its credentials anew',
    params: One,
    body: ChangeConnection,
    returns: Connection,
    fails: ['connection.missing', 'connection.name_taken', 'connection.needs_credentials'],
  },
  test: {
    post: '/api/connections/:id/test',
    access: 'source:write',
    summary: 'Connect, log in and look: the outcome is kept as `tested`',
    params: One,
    returns: Connection,
    fails: ['connection.missing'],
  },
  remove: {
    delete: '/api/connections/:id',
    access: 'source:write',
    summary: 'Forget a connection that nothing uses',
    params: One,
    returns: z.void(),
    fails: ['connection.missing', 'connection.in_use'],
  },
})
