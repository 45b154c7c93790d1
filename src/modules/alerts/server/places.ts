import type { AlertsDeps } from '#modules/alerts/server/alerts-deps.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Where whoever listens to alerts would send them now: webhook endpoints that ask for them. */
export async function placesOf(
  { listeners }: Pick<AlertsDeps, 'listeners'>,
  tx: Tx,
): Promise<{ id: string; name: string }[]> {
  return (await Promise.all(listeners.map(({ places }) => places(tx)))).flat()
}

/** New ones must ask for alerts now; what stood there before may have gone, and is told nothing. */
export async function requirePlaces(
  deps: Pick<AlertsDeps, 'listeners'>,
  tx: Tx,
  chosen: readonly string[] | null,
  before: readonly string[] = [],
): Promise<void> {
  const wanted = (chosen ?? []).filter((id) => !before.includes(id))
  if (wanted.length === 0) return
  const known = new Set((await placesOf(deps, tx)).map(({ id }) => id))
  const missing = wanted.find((id) => !known.has(id))
  if (missing !== undefined)
    throw new AppError(
      'alert.endpoint_missing',
      'invalid',
      'One of the webhooks is gone, or does not ask to be told of alerts.',
      { details: { endpoint: missing } },
    )
}
