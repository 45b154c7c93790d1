import type { InjectOptions } from 'fastify'
import { makeForm } from '#modules/imports/server/testing/import-file.ts'
import { methodOf, pathOf } from '#platform/http/define-routes.ts'
import type { NamedRoute } from '#platform/http/openapi.ts'
import type { TestApp } from '#test/start-test-app.ts'
import type { Sample } from './samples.ts'

export type Reply = {
  status: number
  code: unknown
  type: string
  text: string
  headers: string
  body: unknown
}

/** Sends a sample to its route as somebody; never throws for an answer. */
export async function callRoute(
  app: TestApp,
  { route }: NamedRoute,
  sample: Sample,
  headers: Record<string, string> = {},
  payload?: string,
): Promise<Reply> {
  const form = sample.file === undefined ? undefined : makeForm({ file: sample.file })
  const request: InjectOptions = {
    method: methodOf(route).toUpperCase() as 'GET',
    url: urlOf(pathOf(route), sample),
    headers: {
      ...headers,
      ...(payload !== undefined ? { 'content-type': 'application/json' } : (form?.headers ?? {})),
    },
    ...(payload !== undefined
      ? { payload }
      : form
        ? { payload: form.payload }
        : sample.body
          ? { payload: sample.body }
          : {}),
  }
  const reply = await app.server.inject(request)
  const body: unknown = reply.headers['content-type']?.toString().includes('json')
    ? JSON.parse(reply.body)
    : undefined
  return {
    status: reply.statusCode,
    code: (body as { code?: unknown } | undefined)?.code,
    type: String(reply.headers['content-type'] ?? ''),
    text: reply.body,
    headers: JSON.stringify(reply.headers),
    body,
  }
}

export function urlOf(path: string, { params = {}, query = {} }: Sample): string {
  const filled = path.replace(/:(\w+)/g, (_all, name: string) =>
    encodeURIComponent((params[name] ?? 'none').toWellFormed()),
  )
  const search = new URLSearchParams(query).toString()
  return search ? `${filled}?${search}` : filled
}

export const nameOf = ({ module, name }: NamedRoute) => `${module}.${name}`
export const withKey = (key: string) => ({ authorization: `Bearer ${key}` })
export const withCookie = (cookie: string) => ({ cookie, 'sec-fetch-site': 'same-origin' })
