import { z } from 'zod'

/** `public`: anybody. `session`: anybody logged in, with or without a workspace. Else a permission `noun:verb`. */
export type Access = 'public' | 'session' | `${string}:${string}`

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type Path = { [M in Method]: { [K in M]: `/${string}` } & { [K in Exclude<Method, M>]?: never } }[Method]

export type RouteDef = Path & {
  /** Mandatory: a route without it does not compile. */
  access: Access
  summary: string
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  returns: z.ZodType
  /** Also takes multipart/form-data, whose parts the use-case reads from the request as they come. */
  upload?: true
  /** Also takes a form that says only that somebody pressed a button (RFC 8058); what is in it is not read. */
  oneClick?: true
  /** The answer is a file of this media type, not JSON; the use-case answers its text or a stream. */
  produces?: string
  /** Status of the good answer; default 200, 204 when `returns` is z.void(). */
  status?: number
  /** The answer holds a secret shown only once: it is never kept for a repeated Idempotency-Key. */
  secret?: true
  /** Error codes a caller should expect besides the general ones. */
  fails?: readonly string[]
}
export type RouteTable = Record<string, RouteDef>

/** Declares a module's routes: paths, permissions, shapes. Read by server, web client, OpenAPI and tests alike. */
export function defineRoutes<const T extends RouteTable>(routes: T): T {
  return routes
}

export function methodOf(route: RouteDef): Method {
  for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) if (route[method]) return method
  throw new Error('route without a method')
}
export const pathOf = (route: RouteDef): string => route[methodOf(route)] as string

export type Input<R extends RouteDef, K extends 'params' | 'query' | 'body'> = R[K] extends z.ZodType
  ? z.infer<R[K]>
  : undefined
export type Output<R extends RouteDef> = z.input<R['returns']>

/** Query of every list: `limit` 1–1000 (default 50) and the `next` of the page before. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  cursor: z.string().max(2000).optional(),
})
export type PageQuery = z.infer<typeof PageQuery>

/** Answer of every list; `next` is null on the last page. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() })

export const Timestamp = z.iso.datetime({ offset: true }).meta({ description: 'RFC 3339, UTC' })
