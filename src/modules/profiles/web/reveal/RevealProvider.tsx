import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { useToast } from '#ui/use-toast.tsx'
import { callRoute } from '#web/api-client.ts'
import { routes } from '../../contract.ts'
import { joinRevealed, RevealContext, type Revealed } from './reveal-store.ts'

/** Around a view: what is revealed in it stays until it is left, and no longer. */
export function RevealProvider({ children }: { children: ReactNode }) {
  const [answers, setAnswers] = useState<ReadonlyMap<string, Revealed>>(new Map())
  const toast = useToast()
  const { failed } = toast
  const reveal = useCallback(
    async (id: string, field: string) => {
      try {
        const now = await callRoute(routes.reveal, { params: { id }, body: { fields: [field] } })
        setAnswers((before) => new Map(before).set(id, joinRevealed(before.get(id), now)))
      } catch (error) {
        failed(error)
      }
    },
    [failed],
  )
  const store = useMemo(() => ({ answers, reveal }), [answers, reveal])
  return <RevealContext value={store}>{children}</RevealContext>
}
