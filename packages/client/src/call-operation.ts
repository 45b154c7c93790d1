import type { CallOptions, OperationFacts } from './operation.ts'
import { ProblemError, problemOf } from './problem-error.ts'
import { delayBeforeRetry, type Wait } from './retry.ts'

export type Connection = {
  baseUrl: string
  apiKey: string
  maxRetries: number
  fetch: (address: string, init: RequestInit) => Promise<Response>
  wait: Wait
}
type Input = Record<string, unknown>

/** Calls a route until it answers, or until sending it again would be wrong or useless. */
export async function callOperation(
  connection: Connection,
  operation: OperationFacts,
  input: Input = {},
  options: CallOptions = {},
): Promise<unknown> {
  const address = `${connection.baseUrl}${addressOf(operation, input)}`
  const init = requestOf(connection, operation, input, options)
  for (let retries = 0; ; retries++) {
    try {
      return await read(await send(connection, address, init), operation)
    } catch (error) {
      const delay =
        retries < connection.maxRetries ? delayBeforeRetry(error, operation.method, retries) : undefined
      if (delay === undefined) throw error
      await connection.wait(delay, options.signal)
    }
  }
}

/** The path with its parameters, and the query; what the route does not know is refused rather than left out. */
export function addressOf({ path, query }: OperationFacts, input: Input): string {
  const known = new Set([...query, 'body', 'form'])
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    known.add(name)
    return pathPart(name, input[name])
  })
  const unknown = Object.keys(input).find((name) => !known.has(name))
  if (unknown !== undefined) throw new TypeError(`${path} has no parameter "${unknown}"`)
  const search = new URLSearchParams()
  for (const name of query)
    for (const value of [input[name]].flat())
      if (value !== undefined && value !== null) search.append(name, String(value))
  return search.size > 0 ? `${filled}?${search}` : filled
}

/** An empty part, `.` or `..` would be the address of another route. */
function pathPart(name: string, value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  if (text === '' || text === '.' || text === '..')
    throw new TypeError(`${name} must be an id, not ${JSON.stringify(value)}`)
  return encodeURIComponent(text)
}

function requestOf(
  connection: Connection,
  { method, answer }: OperationFacts,
  input: Input,
  options: CallOptions,
): RequestInit {
  const headers: Record<string, string> = {
    authorization: `Bearer ${connection.apiKey}`,
    accept: answer === 'file' ? '*/*' : 'application/json',
  }
  // The same for every try of this call: that is what makes a repeated POST safe.
  if (method === 'POST') headers['idempotency-key'] = options.idempotencyKey ?? crypto.randomUUID()
  // A redirect followed would turn a POST into a GET, or carry the key elsewhere.
  const init: RequestInit = { method, headers, redirect: 'manual' }
  if (options.signal) init.signal = options.signal
  if (input.form !== undefined) init.body = input.form as FormData
  else if (input.body !== undefined) {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(input.body)
  }
  return init
}

async function send({ fetch }: Connection, address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init)
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw noAnswer(cause)
  }
}

async function read(response: Response, { answer }: OperationFacts): Promise<unknown> {
  if (!response.ok) throw await problemOf(response, Date.now())
  if (answer === 'file') return response
  if (answer === 'json') return readJson(response)
  await response.body?.cancel()
  return undefined
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text().catch((cause: unknown) => {
    throw noAnswer(cause)
  })
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ProblemError(
      response.status,
      { code: 'answer.not_json', detail: text.slice(0, 200) },
      { cause },
    )
  }
}

const noAnswer = (cause: unknown) =>
  new ProblemError(0, { code: 'network.failed', detail: `No answer came: ${String(cause)}` }, { cause })
