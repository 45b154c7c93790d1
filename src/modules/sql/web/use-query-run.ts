import { useCallback, useRef, useState } from 'react'
import { callRoute } from '#web/api-client.ts'
import { routes, type SqlAnswer } from '../contract.ts'

type State = {
  answer?: SqlAnswer | undefined
  error?: unknown
  running: boolean
  at: number
  cancelled?: boolean
}

/** One query at a time: another one, or leaving, ends the one before. */
export function useQueryRun(onDone: () => void) {
  const [state, setState] = useState<State>({ running: false, at: 0 })
  const under = useRef<AbortController>(undefined)
  const cancel = useCallback(() => {
    if (!under.current) return
    under.current.abort()
    under.current = undefined
    setState((old) => ({ ...old, running: false, cancelled: true }))
  }, [])
  const run = useCallback(
    async (sql: string) => {
      under.current?.abort()
      const mine = new AbortController()
      under.current = mine
      setState((old) => ({ answer: old.answer, at: old.at, running: true }))
      try {
        const answer = await callRoute(routes.query, { body: { sql, limit: 10_000 } }, mine.signal)
        if (under.current === mine) setState({ answer, running: false, at: Date.now() })
      } catch (error) {
        // What was cancelled has been said by whoever cancelled it.
        if (under.current === mine) setState({ error, running: false, at: Date.now() })
      } finally {
        if (under.current === mine) under.current = undefined
        onDone()
      }
    },
    [onDone],
  )
  const clear = useCallback(() => {
    under.current?.abort()
    under.current = undefined
    setState({ running: false, at: 0 })
  }, [])
  return { ...state, run, cancel, clear }
}
