import { pathOf } from '#platform/http/define-routes.ts'
import { Problem } from '#ui/problem.ts'
import { saveFile } from '#ui/save-file.ts'
import { routes } from '../contract.ts'

/** Asks for the result as a file and hands it to the browser. */
export async function takeFile(
  sql: string,
  format: 'csv' | 'xlsx',
  workspace: string | undefined,
): Promise<void> {
  const response = await fetch(pathOf(routes.export), {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', ...(workspace ? { 'x-workspace': workspace } : {}) },
    body: JSON.stringify({ sql, format }),
  })
  if (!response.ok) {
    const facts = (await response.json()) as Record<string, unknown>
    throw new Problem(response.status, String(facts.code), String(facts.detail), facts)
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  saveFile(await response.blob(), name ?? `query.${format}`)
}
