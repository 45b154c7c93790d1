import { useNavigate } from '@tanstack/react-router'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { callRoute } from '#web/api-client.ts'
import { queryClient } from '#web/query-client.ts'
import { useChange } from '#web/use-route.ts'
import { routes, type Segment } from '../contract.ts'
import { segmentWords } from './segment-words.ts'

/** Deletes a segment and leaves its page; the toast takes it back. */
export function useRemoveSegment({ id, name }: Segment): () => Promise<void> {
  const t = useWords(segmentWords)
  const toast = useToast()
  const navigate = useNavigate()
  const params = { id }
  const remove = useChange(routes.remove, [routes.list])
  return async () => {
    try {
      await remove.mutateAsync({ params })
    } catch (error) {
      toast.failed(error)
      return
    }
    await navigate({ to: '/segments', ignoreBlocker: true })
    toast.undo(t('deleted', { name }), async () => {
      await callRoute(routes.restore, { params })
      await queryClient.invalidateQueries({ queryKey: [routes.list.get] })
      toast.done(t('restored', { name }))
    })
  }
}
