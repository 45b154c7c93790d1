import { Checkbox, Form, Input } from 'antd'
import { type CatalogueEntry, type EventLabels, routes } from '#modules/collect/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange } from '#web/use-route.ts'
import { catalogueWords } from './catalogue-words.ts'

type Property = CatalogueEntry['properties'][number]
type Values = { labels: EventLabels; description: string; only: boolean }
type Props = { event: string; property: Property | undefined; onClose: () => void }

/** What a property is called: in every event, unless it means something of its own in this one. */
export function NamePropertyDialog({ event, property, onClose }: Props) {
  const t = useWords(catalogueWords)
  const toast = useToast()
  const save = useChange(routes.nameProperty, [routes.titles, routes.catalogueEntry])
  const said = property?.here ?? property?.everywhere
  const initial: Values = {
    labels: said?.labels ?? { zh: '', en: '' },
    description: said?.description ?? '',
    only: Boolean(property?.here),
  }
  const send = async ({ only, ...naming }: Values) => {
    const path = property?.path ?? ''
    // What was said of this event alone would go on hiding what is now said of all.
    if (!only && property?.here)
      await save.mutateAsync({ body: { event, path, labels: { zh: '', en: '' }, description: '' } })
    await save.mutateAsync({ body: { event: only ? event : null, path, ...naming } })
    toast.done(t('saved'))
  }
  return (
    <FormDialog<Values>
      open={property !== undefined}
      title={t('nameProperty', { path: property?.path })}
      action={t('save')}
      initial={initial}
      onSubmit={send}
      onClose={onClose}
    >
      <div className="hw-form-row">
        <Form.Item name={['labels', 'zh']} label={t('labelZh')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name={['labels', 'en']} label={t('labelEn')}>
          <Input maxLength={100} />
        </Form.Item>
      </div>
      <Form.Item name="description" label={t('descriptionLabel')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 4 }} maxLength={500} />
      </Form.Item>
      <Form.Item name="only" valuePropName="checked" extra={t('onlyHint')}>
        <Checkbox>{t('onlyHere')}</Checkbox>
      </Form.Item>
    </FormDialog>
  )
}
