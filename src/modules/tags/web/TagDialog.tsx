import { Form, Input, Select } from 'antd'
import { routes, type Tag } from '#modules/tags/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { searchByLabel } from '#web/forms/choices.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange } from '#web/use-route.ts'
import { namesBelow, placeTags } from './tag-tree.ts'
import { tagWords } from './tag-words.ts'

/** Without an id: a new one. A Select has no null; the empty parent stands for none. */
export type TagDraft = { id?: string; name: string; parent: string }
type Values = { name: string; parent: string }

export function TagDialog({
  tags,
  draft,
  onClose,
}: {
  tags: Tag[]
  draft: TagDraft | undefined
  onClose: () => void
}) {
  const t = useWords(tagWords)
  const toast = useToast()
  const { language } = useDisplay()
  const create = useChange(routes.create, [routes.list])
  const move = useChange(routes.move, [routes.list])
  const known = tags.find((tag) => tag.id === draft?.id)
  const refused = known ? namesBelow(tags, known.name) : new Set<string>()
  const parents = placeTags(tags, '', language).filter((one) => !refused.has(one.tag.name))
  const send = async ({ name, parent }: Values) => {
    const body = { name, parent: parent || null }
    await (draft?.id ? move.mutateAsync({ params: { id: draft.id }, body }) : create.mutateAsync({ body }))
    toast.done(draft?.id ? t('saved') : t('createdDone', { name }))
  }
  return (
    <FormDialog<Values>
      open={draft !== undefined}
      title={draft?.id ? t('edit') : t('newTag')}
      action={draft?.id ? t('save') : t('create')}
      initial={{ name: draft?.name ?? '', parent: draft?.parent ?? '' }}
      onSubmit={send}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t('name')}
        rules={[{ required: true, whitespace: true, max: 120, message: t('nameMissing') }]}
      >
        <Input autoFocus />
      </Form.Item>
      <Form.Item name="parent" label={t('parent')}>
        <Select
          {...searchByLabel}
          options={[
            { value: '', label: t('top') },
            ...parents.map(({ tag, depth }) => ({
              value: tag.name,
              label: `${'\u2003'.repeat(depth)}${tag.name}`,
            })),
          ]}
        />
      </Form.Item>
    </FormDialog>
  )
}
