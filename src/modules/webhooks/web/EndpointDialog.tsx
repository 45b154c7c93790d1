import { Checkbox, Form, Input, Select } from 'antd'
import { routes as segments } from '#modules/segments/contract.ts'
import { type SaveEndpoint, webhookTypes } from '#modules/webhooks/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { searchByLabel } from '#web/forms/choices.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import { webhookWords } from './webhook-words.ts'

type Props = {
  open: boolean
  title: string
  action: string
  initial: Partial<SaveEndpoint>
  onSubmit: (body: SaveEndpoint) => Promise<unknown>
  onClose: () => void
}

/** A new endpoint, or what there is of one. */
export function EndpointDialog({ onSubmit, ...props }: Props) {
  return (
    <FormDialog<SaveEndpoint>
      {...props}
      width={600}
      onSubmit={({ segments: chosen, description, ...rest }) =>
        onSubmit({
          ...rest,
          description: description ?? '',
          segments: chosen && chosen.length > 0 ? chosen : null,
        })
      }
    >
      <Fields />
    </FormDialog>
  )
}

const exampleUrl = 'https://example.com/hooks/headwater'

function Fields() {
  const t = useWords(webhookWords)
  const types = Form.useWatch<SaveEndpoint['types'] | undefined>('types') ?? []
  return (
    <>
      <Form.Item
        name="url"
        label={t('url')}
        extra={t('urlHint')}
        rules={[{ required: true, whitespace: true, max: 2000, message: t('urlMissing') }]}
      >
        <Input inputMode="url" placeholder={exampleUrl} autoFocus />
      </Form.Item>
      <Form.Item
        name="description"
        label={t('description')}
        extra={t('descriptionHint')}
        rules={[{ max: 500 }]}
      >
        <Input />
      </Form.Item>
      <Form.Item
        name="types"
        label={t('types')}
        rules={[{ type: 'array', min: 1, message: t('typesMissing') }]}
      >
        <Checkbox.Group options={webhookTypes.map((value) => ({ value, label: t(value) }))} />
      </Form.Item>
      {types.some((type) => type.startsWith('segment.')) && (
        <Form.Item name="segments" label={t('segments')} extra={t('segmentsHint')}>
          <SegmentPicker />
        </Form.Item>
      )}
    </>
  )
}

type PickerProps = { id?: string; value?: string[] | null; onChange?: (value: string[]) => void }

function SegmentPicker({ id, value, onChange }: PickerProps) {
  const t = useWords(webhookWords)
  const can = useCan()
  const all = useRoute(segments.list, { query: { limit: 1000 } }, { enabled: can('segment:read') })
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      mode="multiple"
      allowClear
      value={value ?? []}
      onChange={(chosen: string[]) => onChange?.(chosen)}
      loading={all.isFetching}
      placeholder={t('allSegments')}
      {...searchByLabel}
      options={(all.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
    />
  )
}
