import type { z } from 'zod'
import { methodOf, pathOf, type RouteDef } from '#platform/http/define-routes.ts'
import { Problem } from '#ui/problem.ts'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type PathOf<R> = { [M in Method]: R extends Record<M, infer P extends string> ? P : never }[Method]
type ParamName<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamName<Rest>
  : P extends `${string}:${infer Name}`
    ? Name
    : never
type Sent<R, K extends string> = R extends Record<K, infer S extends z.ZodType> ? z.input<S> : never
type Optionally<K extends string, V> = [V] extends [never]
  ? { [P in K]?: undefined }
  : Record<string, never> extends V
    ? { [P in K]?: V }
    : { [P in K]: V }

/** What a call of the route must carry: `params` from its path, `query` and `body` from its schemas. */
export type CallInput<R extends RouteDef> = Optionally<
  'params',
  [ParamName<PathOf<R>>] extends [never] ? never : { [N in ParamName<PathOf<R>>]: string }
> &
  Optionally<'query', Sent<R, 'query'>> &
  Optionally<'body', Sent<R, 'body'>>
export type Answer<R extends RouteDef> = z.output<R['returns']>
type Loose = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }

let workspaceId: string | undefined
let onLoggedOut: () => void = () => undefined

/** This tab stays in its workspace even when another tab switches. */
export const callInWorkspace = (id: string | undefined): void => {
  workspaceId = id
}
export const whenLoggedOut = (act: () => void): void => {
  onLoggedOut = act
}

/** Calls a route of a contract. Throws `Problem` for everything but 2xx. `form` takes the place of the body. */
export async function callRoute<R extends RouteDef>(
  route: R,
  input: CallInput<R>,
  signal?: AbortSignal,
  form?: FormData,
): Promise<Answer<R>> {
  const { params, query, body } = input as Loose
  const response = await send(addressOf(pathOf(route), params, query), {
    method: methodOf(route).toUpperCase(),
    headers: {
      accept: 'application/json',
      ...(workspaceId ? { 'x-workspace': workspaceId } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(form ? { body: form } : body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  })
  if (!response.ok) throw await problemOf(response)
  return (response.status === 204 ? undefined : await response.json()) as Answer<R>
}

/** What a route that makes a file answers. Throws `Problem` for everything but 2xx. */
export async function callFile<R extends RouteDef>(
  route: R,
  { body }: { body: Sent<R, 'body'> },
): Promise<Blob> {
  const response = await send(pathOf(route), {
    method: methodOf(route).toUpperCase(),
    headers: { 'content-type': 'application/json', ...(workspaceId ? { 'x-workspace': workspaceId } : {}) },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw await problemOf(response)
  return response.blob()
}

/** `/api/profiles/:id` with its parameters and query; undefined members are left out. */
export function addressOf(
  path: string,
  params: Record<string, string> = {},
  query: Record<string, unknown> = {},
): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value))
  }
  return search.size ? `${filled}?${search}` : filled
}

async function send(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { credentials: 'same-origin', ...init })
  } catch (error) {
    // An abort is ours; everything else means that no answer came.
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Problem(0, 'network.failed', 'The server cannot be reached.')
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const facts = await response.json().catch(() => ({}))
  const code =
    typeof facts.code === 'string'
      ? facts.code
      : response.status >= 502
        ? 'network.failed'
        : `http.${response.status}`
  if (code === 'access.unauthenticated') onLoggedOut()
  return new Problem(response.status, code, String(facts.detail ?? facts.title ?? response.statusText), facts)
}
