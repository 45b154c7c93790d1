import { expect } from 'vitest'
import type { Import } from '#modules/imports/contract.ts'
import type { TestWorkspace } from '#test/start-test-app.ts'

type Problem = { code?: string }
type Parts = { file?: Buffer | string; name?: string; spec?: object | string }

/** A form as browsers send it: its bytes and their type. */
export function makeForm({ file, name = 'people.csv', spec }: Parts) {
  const boundary = 'headwater-test-boundary'
  const part = (head: string, body: Buffer | string) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
    Buffer.from(body),
    Buffer.from('\r\n'),
  ]
  const payload = Buffer.concat([
    ...(spec === undefined
      ? []
      : part('name="spec"', typeof spec === 'string' ? spec : JSON.stringify(spec))),
    ...(file === undefined
      ? []
      : part(`name="file"; filename="${name}"\r\nContent-Type: application/octet-stream`, file)),
    Buffer.from(`--${boundary}--\r\n`),
  ])
  return { payload, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }
}

export async function postForm<T>(ws: TestWorkspace, url: string, parts: Parts) {
  const { payload, headers } = makeForm(parts)
  return ws.call<T & Problem>('POST', url, payload, headers)
}

const open = new Set(['queued', 'running', 'undoing'])

/** Waits for the end of an import's job and answers it. */
export async function ended(ws: TestWorkspace, id: string, within = 60_000): Promise<Import> {
  const until = Date.now() + within
  for (;;) {
    const { body } = await ws.call<Import>('GET', `/api/imports/${id}`)
    if (!open.has(body.state)) return body
    if (Date.now() > until) throw new Error(`import did not end: ${JSON.stringify(body)}`)
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

/** Starts an import and waits for its end. */
export async function importFile(
  ws: TestWorkspace,
  file: Buffer | string,
  spec: object,
  name = 'people.csv',
) {
  const started = await postForm<{ id: string }>(ws, '/api/imports', { file, spec, name })
  expect(started).toMatchObject({ status: 202 })
  return ended(ws, started.body.id, 280_000)
}

export const countsOf = ({ state, rows, created, updated, skipped, failed }: Import) => ({
  ...{ state, rows, created, updated, skipped, failed },
})
