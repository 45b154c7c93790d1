import { type Connection, callOperation } from './call-operation.ts'
import { eachItem } from './each-item.ts'
import type { CallOptions, OperationFacts, Page } from './operation.ts'
import { type Operations, operations } from './operations.ts'
import { waitFor } from './retry.ts'

export type { AnswerOf, CallOptions, Page } from './operation.ts'
export type { Operations as Client } from './operations.ts'
// biome-ignore lint/performance/noBarrelFile: the package has one door, and who calls must be able to catch
export { ProblemError } from './problem-error.ts'

export type ClientOptions = {
  /** Where the server is, e.g. `https://crm.example.com`. */
  baseUrl: string
  /** An API key of a workspace; what it may do is what its role may. */
  apiKey: string
  /** How often a request is sent again after 429, 503 or no answer; default 4. */
  maxRetries?: number
  /** Another `fetch`, e.g. one with a proxy. */
  fetch?: Connection['fetch']
  /** Another way to wait between tries, for tests. */
  wait?: Connection['wait']
}

/** Every route of the management API as a function: `client.segments.list({ limit: 10 })`. */
export function createClient(options: ClientOptions): Operations {
  const connection: Connection = {
    baseUrl: options.baseUrl.replace(/\/+$/, ''),
    apiKey: options.apiKey,
    maxRetries: options.maxRetries ?? 4,
    fetch: options.fetch ?? ((address, init) => fetch(address, init)),
    wait: options.wait ?? waitFor,
  }
  const modules = Object.entries(operations).map(([module, routes]) => {
    const functions = Object.entries(routes).map(([name, facts]) => [name, functionOf(connection, facts)])
    return [module, Object.fromEntries(functions)]
  })
  return Object.fromEntries(modules) as Operations
}

type Input = Record<string, unknown>

function functionOf(connection: Connection, facts: OperationFacts) {
  const call = (input?: Input, options?: CallOptions) => callOperation(connection, facts, input, options)
  const each = (input?: Input, options?: CallOptions) =>
    eachItem(
      (cursor) =>
        call(cursor === undefined ? input : { ...input, cursor }, options) as Promise<Page<unknown>>,
    )
  return Object.assign(call, { each })
}
