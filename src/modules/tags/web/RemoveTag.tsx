import { routes, type Tag } from '#modules/tags/contract.ts'
import { ConfirmDanger } from '#ui/ConfirmDanger.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useChange } from '#web/use-route.ts'
import { tagWords } from './tag-words.ts'

type Props = { tag: Tag | undefined; onClose: () => void; onRemoved: () => void }

export function RemoveTag({ tag, onClose, onRemoved }: Props) {
  const t = useWords(tagWords)
  const toast = useToast()
  const remove = useChange(routes.remove, [routes.list, routes.stale])
  return (
    <ConfirmDanger
      open={tag !== undefined}
      title={t('removeTitle', { name: tag?.name })}
      phrase={tag?.name ?? ''}
      action={t('remove')}
      onConfirm={async () => {
        if (!tag) return
        await remove.mutateAsync({ params: { id: tag.id } })
        toast.done(t('removed', { name: tag.name }))
        onRemoved()
      }}
      onClose={onClose}
    >
      {t('removeText', { count: tag?.people })}
    </ConfirmDanger>
  )
}
