import type { Store } from './store.ts'

const idle = 30 * 60_000

/** `came`: this session began with, or was joined by, a campaign. */
export type Session = { id: number; came: boolean }

/** Goes on with the session, or starts one after 30 idle minutes, or when somebody came by another campaign. */
export function goOn(ids: Store, touched?: 'same' | 'other'): Session {
  const now = Date.now()
  const [start, last, mark] = (ids.get('s') ?? '').split('.')
  const goesOn = touched !== 'other' && now - Number(last) <= idle
  const id = goesOn ? Number(start) : now
  const came = !!touched || (goesOn && mark === '1')
  ids.set('s', `${id}.${now}.${came ? 1 : 0}`)
  return { id, came }
}
