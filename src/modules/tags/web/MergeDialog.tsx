import { Form, Select } from 'antd'
import { routes, type Tag } from '#modules/tags/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { searchByLabel } from '#web/forms/choices.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange } from '#web/use-route.ts'
import { tagWords } from './tag-words.ts'

type Props = { tag: Tag; tags: Tag[]; open: boolean; onClose: () => void; onMerged: () => void }

export function MergeDialog({ tag, tags, open, onClose, onMerged }: Props) {
  const t = useWords(tagWords)
  const toast = useToast()
  const merge = useChange(routes.merge, [routes.list, routes.stale])
  const others = tags.filter((one) => one.id !== tag.id && (tag.category || !one.category))
  return (
    <FormDialog<{ into: string }>
      open={open}
      title={t('mergeTitle', { name: tag.name })}
      action={t('merge')}
      initial={{}}
      onSubmit={async ({ into }) => {
        const { name } = await merge.mutateAsync({ params: { id: tag.id }, body: { into } })
        toast.done(t('merged', { name }))
        onMerged()
      }}
      onClose={onClose}
    >
      <p className="hw-muted">{t('mergeText')}</p>
      <Form.Item name="into" label={t('mergeInto')} rules={[{ required: true, message: t('mergeMissing') }]}>
        <Select {...searchByLabel} options={others.map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
    </FormDialog>
  )
}
