import { Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useMemberOptions } from '#modules/profiles/web/owner/member-options.ts'
import { routes, type Tag, tagColors } from '#modules/tags/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { dayKey, startOfDay } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { searchByLabel } from '#web/forms/choices.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange } from '#web/use-route.ts'
import { TagDot } from './TagDot.tsx'
import { newTag, type TagDraft, type TagValues } from './tag-draft.ts'
import { namesBelow, placeTags } from './tag-tree.ts'
import { tagWords } from './tag-words.ts'

type Props = { tags: Tag[]; draft: TagDraft | undefined; onClose: () => void }

export function TagDialog({ tags, draft, onClose }: Props) {
  const t = useWords(tagWords)
  const toast = useToast()
  const { timezone } = useDisplay()
  const refresh = [routes.list, routes.get, routes.stale]
  const create = useChange(routes.create, refresh)
  const move = useChange(routes.move, refresh)
  const send = async (values: TagValues) => {
    const body = bodyOf(values, draft?.from ?? null, timezone)
    await (draft?.id ? move.mutateAsync({ params: { id: draft.id }, body }) : create.mutateAsync({ body }))
    toast.done(draft?.id ? t('saved') : t('createdDone', { name: values.name }))
  }
  const initial = { ...newTag, ...draft }
  return (
    <FormDialog<TagValues>
      open={draft !== undefined}
      title={draft?.id ? t('edit') : t('newTag')}
      action={draft?.id ? t('save') : t('create')}
      initial={{
        ...initial,
        start: draft?.from ? dayKey(Date.parse(draft.from), timezone) : '',
        until: initial.until && dayKey(Date.parse(initial.until) - 1, timezone),
      }}
      onSubmit={send}
      onClose={onClose}
      width={560}
    >
      <Form.Item
        name="name"
        label={t('name')}
        rules={[{ required: true, whitespace: true, max: 120, message: t('nameMissing') }]}
      >
        <Input autoFocus />
      </Form.Item>
      <PlaceField tags={tags} id={draft?.id} />
      <Form.Item name="category" valuePropName="checked">
        <Checkbox>{t('category')}</Checkbox>
      </Form.Item>
      <Form.Item name="description" label={t('description')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={1000} />
      </Form.Item>
      <div className="hw-form-row">
        <ColorField />
        <OwnerField />
      </div>
      <ValidityFields />
    </FormDialog>
  )
}

function bodyOf(values: TagValues, before: string | null, timezone: string) {
  const { name, parent, description, color, owner, category, start, holds } = values
  // A moment within the day that was said by API stays when the day does.
  const isSame = before !== null && start === dayKey(Date.parse(before), timezone)
  const from = isSame ? before : start ? new Date(startOfDay(start, timezone)).toISOString() : null
  const until = holds === 'until' ? endOfDay(values.until, timezone) : null
  return {
    name,
    parent: parent || null,
    description,
    color: tagColors.find((one) => one === color) ?? null,
    owner: owner || null,
    category,
    validity: { from, until, days: holds === 'days' ? values.days : null },
  }
}

/** The day itself still counts: it ends where the next one begins. */
function endOfDay(day: string, timezone: string): string {
  const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
  return new Date(startOfDay(next, timezone)).toISOString()
}

function PlaceField({ tags, id }: { tags: Tag[]; id: string | undefined }) {
  const t = useWords(tagWords)
  const { language } = useDisplay()
  const known = tags.find((tag) => tag.id === id)
  const refused = known ? namesBelow(tags, known.name) : new Set<string>()
  const parents = placeTags(tags, '', language).filter((one) => !refused.has(one.tag.name))
  return (
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
  )
}

function ColorField() {
  const t = useWords(tagWords)
  const options = ['' as const, ...tagColors].map((value) => ({
    value,
    label: (
      <span className="tag-color">
        <TagDot color={value || null} />
        {value === '' ? t('noColor') : t(`color.${value}`)}
      </span>
    ),
  }))
  return (
    <Form.Item name="color" label={t('color')}>
      <Select options={options} />
    </Form.Item>
  )
}

function OwnerField() {
  const t = useWords(tagWords)
  const { options } = useMemberOptions()
  return (
    <Form.Item name="owner" label={t('owner')}>
      <Select {...searchByLabel} options={[{ value: '', label: t('noOwner') }, ...options]} />
    </Form.Item>
  )
}

function ValidityFields() {
  const t = useWords(tagWords)
  const holds = Form.useWatch('holds') as TagValues['holds'] | undefined
  return (
    <div className="hw-form-row">
      <Form.Item name="start" label={t('start')} extra={t('startHint')}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="holds" label={t('validity')}>
        <Select
          options={[
            { value: 'always', label: t('always') },
            { value: 'until', label: t('validUntil') },
            { value: 'days', label: t('validDays') },
          ]}
        />
      </Form.Item>
      {holds === 'until' && (
        <Form.Item name="until" label={t('until')} rules={[{ required: true, message: t('untilMissing') }]}>
          <Input type="date" />
        </Form.Item>
      )}
      {holds === 'days' && (
        <Form.Item
          name="days"
          label={t('days')}
          rules={[{ required: true, type: 'integer', min: 1, max: 3650, message: t('daysMissing') }]}
        >
          <InputNumber style={{ width: '100%' }} min={1} max={3650} />
        </Form.Item>
      )}
    </div>
  )
}
