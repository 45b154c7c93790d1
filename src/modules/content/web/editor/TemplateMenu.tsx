import { useNavigate } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useChange } from '#web/use-route.ts'
import type { Template } from '../../contract/template.ts'
import { routes } from '../../contract.ts'
import { contentWords } from '../content-words.ts'

/** Copy, take a language out, put away (which can be taken back). */
export function TemplateMenu({ template, language }: { template: Template; language: string }) {
  const t = useWords(contentWords)
  const toast = useToast()
  const navigate = useNavigate()
  const stale = [routes.get, routes.list]
  const copy = useChange(routes.copy, stale)
  const archive = useChange(routes.archive, stale)
  const restore = useChange(routes.restore, stale)
  const removeLanguage = useChange(routes.removeDraft, stale)
  const { id, name } = template
  const copied = () =>
    copy
      .mutateAsync({ params: { id }, body: { name: t('copyName', { name }) } })
      .then((made) => navigate({ to: '/templates/$id', params: { id: made.id } }))
  const putAway = () =>
    archive.mutateAsync({ params: { id } }).then(() => {
      toast.undo(t('archivedToast', { name }), () => restore.mutateAsync({ params: { id } }))
      return navigate({ to: '/templates' })
    })
  const doing = (work: () => Promise<unknown>) => () => void work().catch(toast.failed)
  const items = [
    { key: 'copy', label: t('copy'), onClick: doing(copied) },
    ...(template.languages.length > 1
      ? [
          {
            key: 'language',
            label: t('removeLanguage'),
            onClick: doing(() => removeLanguage.mutateAsync({ params: { id, language } })),
          },
        ]
      : []),
    { key: 'archive', label: t('archive'), danger: true, onClick: doing(putAway) },
  ]
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button>{t('more')}</Button>
    </Dropdown>
  )
}
