import type { FastifyInstance } from 'fastify'

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'
type Headers = Record<string, string>
export type Reply = {
  status: number
  code: unknown
  body: Record<string, unknown>
  headers: Record<string, unknown>
}

/** Somebody with a browser of their own: keeps the session cookie and says it is the same site. */
export class Visitor {
  cookie = ''
  #server: FastifyInstance
  #headers: Headers

  constructor(server: FastifyInstance, headers: Headers = { origin: 'http://localhost', host: 'localhost' }) {
    this.#server = server
    this.#headers = headers
  }

  async call(method: Method, url: string, body?: unknown, headers: Headers = {}): Promise<Reply> {
    const reply = await this.#server.inject({
      method,
      url,
      headers: { ...this.#headers, ...(this.cookie && { cookie: this.cookie }), ...headers },
      ...(body !== undefined && { payload: body as object }),
    })
    const set = reply.headers['set-cookie']
    if (typeof set === 'string') this.cookie = set.split(';')[0]?.replace(/=$/, '=gone') ?? ''
    const parsed: Record<string, unknown> = reply.body === '' ? {} : JSON.parse(reply.body)
    return { status: reply.statusCode, code: parsed.code, body: parsed, headers: reply.headers }
  }

  get = (url: string, headers?: Headers) => this.call('GET', url, undefined, headers)
  post = (url: string, body: unknown = {}, headers?: Headers) => this.call('POST', url, body, headers)
  patch = (url: string, body: unknown = {}, headers?: Headers) => this.call('PATCH', url, body, headers)
  delete = (url: string, headers?: Headers) => this.call('DELETE', url, undefined, headers)
}

/** A program with a management API key; sends no cookie and no origin. */
export const withKey = (server: FastifyInstance, key: string) =>
  new Visitor(server, { authorization: `Bearer ${key}` })
