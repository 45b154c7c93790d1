import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange } from '#web/use-route.ts'
import type { Alert } from '../contract/alert.ts'
import { routes } from '../contract.ts'
import { alertWords } from './alert-words.ts'

export const muteMs = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const
export type MuteLength = keyof typeof muteMs

/** Pause, mute, delete: each can be taken back. */
export function useAlertActs(onGone: () => void = () => undefined) {
  const t = useWords(alertWords)
  const toast = useToast()
  const can = useCan()
  const stale = [routes.list, routes.get]
  const pauseRoute = useChange(routes.pause, stale)
  const muteRoute = useChange(routes.mute, stale)
  const removeRoute = useChange(routes.remove, [routes.list])
  const restoreRoute = useChange(routes.restore, stale)
  const doing = (work: Promise<unknown>) => void work.catch(toast.failed)
  const setPaused = (id: string, paused: boolean) =>
    pauseRoute.mutateAsync({ params: { id }, body: { paused } })
  const setMuted = (id: string, until: string | null) =>
    muteRoute.mutateAsync({ params: { id }, body: { until } })
  return {
    mayWrite: can('analytics:write'),
    busy: pauseRoute.isPending || muteRoute.isPending || removeRoute.isPending,
    pause: ({ id, name }: Alert) =>
      doing(
        setPaused(id, true).then(() => toast.undo(t('pausedToast', { name }), () => setPaused(id, false))),
      ),
    resume: ({ id }: Alert) => doing(setPaused(id, false)),
    mute: ({ id, name }: Alert, length: MuteLength) =>
      doing(
        setMuted(id, new Date(Date.now() + muteMs[length]).toISOString()).then(() =>
          toast.undo(t('mutedToast', { name }), () => setMuted(id, null)),
        ),
      ),
    unmute: ({ id }: Alert) => doing(setMuted(id, null)),
    remove: ({ id, name }: Alert) =>
      doing(
        removeRoute.mutateAsync({ params: { id } }).then(() => {
          onGone()
          toast.undo(t('removed', { name }), () => restoreRoute.mutateAsync({ params: { id } }))
        }),
      ),
  }
}
