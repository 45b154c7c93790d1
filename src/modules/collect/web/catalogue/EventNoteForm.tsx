import { Button, Form, Input, Select, Switch } from 'antd'
import { type CatalogueEntry, type EventLabels, routes } from '#modules/collect/contract.ts'
import { memberSearch, useMemberOptions } from '#modules/profiles/web/owner/member-options.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useSubmit } from '#web/forms/use-submit.ts'
import { useCan } from '#web/session.ts'
import { useChange } from '#web/use-route.ts'
import { catalogueWords } from './catalogue-words.ts'

type Values = { labels: EventLabels; description: string; ownerId?: string | undefined; hidden: boolean }

/** What is said of an event: read by everybody, changed by who may. */
export function EventNoteForm({ entry }: { entry: CatalogueEntry }) {
  const t = useWords(catalogueWords)
  const can = useCan()
  const toast = useToast()
  const save = useChange(routes.describe, [
    routes.catalogue,
    routes.catalogueEntry,
    routes.names,
    routes.titles,
  ])
  const [form] = Form.useForm<Values>()
  const { submit, busy, error } = useSubmit<Values>(form, async ({ ownerId, ...said }) => {
    await save.mutateAsync({ body: { name: entry.name, ...said, ownerId: ownerId ?? null } })
    toast.done(t('saved'))
  })
  const { inherited } = entry
  if (!can('event:write')) return <Description entry={entry} />
  const initialValues = {
    labels: entry.labels,
    description: entry.description,
    ownerId: entry.owner?.id,
    hidden: entry.hidden,
  }
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initialValues}
      onFinish={(values) => void submit(values)}
      className="catalogue-part"
    >
      <div className="hw-form-row">
        <Form.Item name={['labels', 'zh']} label={t('labelZh')}>
          <Input maxLength={100} placeholder={inherited.labels.zh} />
        </Form.Item>
        <Form.Item name={['labels', 'en']} label={t('labelEn')}>
          <Input maxLength={100} placeholder={inherited.labels.en} />
        </Form.Item>
      </div>
      {inherited.from && <p className="hw-fine catalogue-from">{t(`from_${inherited.from}`)}</p>}
      <Form.Item name="description" label={t('descriptionLabel')}>
        <Input.TextArea
          placeholder={inherited.description || t('descriptionHint')}
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={2000}
        />
      </Form.Item>
      <Form.Item name="ownerId" label={t('owner')}>
        <OwnerSelect owner={entry.owner} />
      </Form.Item>
      <Form.Item name="hidden" label={t('hiddenLabel')} extra={t('hiddenHint')} valuePropName="checked">
        <Switch />
      </Form.Item>
      {error !== undefined && <ErrorState error={error} compact />}
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('save')}
      </Button>
    </Form>
  )
}

type SelectProps = {
  owner: CatalogueEntry['owner']
  id?: string
  value?: string | undefined
  onChange?: (value: string | undefined) => void
}

/** The present owner stands here even when the reader may not see the members. */
function OwnerSelect({ owner, id, value, onChange }: SelectProps) {
  const t = useWords(catalogueWords)
  const { options, loading } = useMemberOptions()
  const isKnown = !owner || options.some((one) => one.value === owner.id)
  const all = isKnown
    ? options
    : [{ value: owner.id, label: owner.name, name: owner.name, hint: '' }, ...options]
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      value={value ?? null}
      onChange={(chosen) => onChange?.(chosen ?? undefined)}
      options={all}
      loading={loading}
      allowClear
      placeholder={t('ownerNone')}
      showSearch={memberSearch}
    />
  )
}

function Description({ entry }: { entry: CatalogueEntry }) {
  const t = useWords(catalogueWords)
  return (
    <p className="catalogue-part">
      {entry.description || entry.inherited.description || (
        <span className="hw-muted">{t('noDescription')}</span>
      )}{' '}
      {entry.owner && (
        <span className="hw-fine">
          {t('owner')} {entry.owner.name}
        </span>
      )}
    </p>
  )
}
