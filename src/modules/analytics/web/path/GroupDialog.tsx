import { Form, Input, Select } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import type { PathGroup } from '../../contract/path.ts'
import { useItemChoices } from './ItemPicker.tsx'
import type { PathOptions } from './path-options.ts'
import { pathWords } from './path-words.ts'

type Props = {
  options: PathOptions
  initial: PathGroup
  onClose: () => void
  onSave: (group: PathGroup) => void
}

/** Nodes that are shown as one. */
export function GroupDialog({ options, initial, onClose, onSave }: Props) {
  const t = useWords(pathWords)
  const choices = useItemChoices({ ...options, groups: [] })
  return (
    <FormDialog<PathGroup>
      open
      title={t('groupTitle')}
      action={t('save')}
      initial={initial}
      onClose={onClose}
      onSubmit={async (group) => {
        onSave(group)
        onClose()
      }}
    >
      <p className="hw-fine">{t('groupsText')}</p>
      <Form.Item name="name" label={t('groupName')} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="patterns"
        label={t('groupPatterns')}
        extra={t('groupPatternsHint')}
        rules={[{ required: true, type: 'array', min: 1, max: 20 }]}
      >
        <Select mode="tags" options={choices} showSearch={{ optionFilterProp: 'label' }} maxCount={20} />
      </Form.Item>
    </FormDialog>
  )
}
