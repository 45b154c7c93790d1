import { Checkbox, Form, Radio, Select } from 'antd'
import type { StartExport } from '#modules/exports/contract.ts'
import { routes } from '#modules/exports/contract.ts'
import { routes as people } from '#modules/profiles/contract.ts'
import { attributeTitle } from '#modules/profiles/web/attribute-words.ts'
import { kindText } from '#modules/profiles/web/person/identifier-text.ts'
import { routes as jobs } from '#platform/jobs/job-contract.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import { exportWords } from './export-words.ts'

/** Who goes into the file: a segment, chosen people, or what a list of people is narrowed by. */
export type ExportSubject = { segment?: { id: string; name: string } } & Pick<
  StartExport,
  'rule' | 'search' | 'owner' | 'ids'
>

type Props = { open: boolean; subject: ExportSubject; onClose: () => void }
type Answer = {
  which: 'all' | 'some'
  columns: string[]
  format: NonNullable<StartExport['format']>
  unmasked: boolean
}

const initial: Answer = {
  which: 'all',
  columns: ['id', 'name', 'user_id', 'email', 'phone', 'tags'],
  format: 'csv',
  unmasked: false,
}

/** Columns and format of an export; it is written in the background. */
export function ExportDialog({ open, subject, onClose }: Props) {
  const t = useWords(exportWords)
  const toast = useToast()
  const can = useCan()
  const start = useChange(routes.create, [routes.list, jobs.list])
  const { segment, ids, rule, search, owner } = subject
  const isNarrowed = Boolean(rule || search || owner)
  const send = async ({ which, columns, format, unmasked }: Answer) => {
    const of = segment ? { segment: segment.id } : ids ? { ids } : { rule, search, owner }
    await start.mutateAsync({
      body: { ...of, format, ...(unmasked ? { unmasked } : {}), ...(which === 'some' ? { columns } : {}) },
    })
    toast.done(t('started'))
  }
  return (
    <FormDialog<Answer>
      open={open}
      title={segment ? t('exportSegment', { name: segment.name }) : t('exportPeople')}
      action={t('action')}
      initial={initial}
      onSubmit={send}
      onClose={onClose}
    >
      {!segment && (
        <p className="hw-muted">
          {ids ? t('chosen', { count: ids.length }) : isNarrowed ? t('filtered') : t('everybody')}
        </p>
      )}
      <Form.Item name="which" label={t('columns')}>
        <Radio.Group
          orientation="vertical"
          options={[
            { value: 'all', label: t('allColumns') },
            { value: 'some', label: t('someColumns') },
          ]}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={['which']}>
        {({ getFieldValue }) => getFieldValue('which') === 'some' && <ColumnField />}
      </Form.Item>
      <Form.Item name="format" label={t('format')}>
        <Radio.Group
          orientation="vertical"
          options={[
            { value: 'csv', label: t('csv') },
            { value: 'xlsx', label: t('xlsx') },
          ]}
        />
      </Form.Item>
      {can('people:unmask') ? (
        <Form.Item name="unmasked" valuePropName="checked" extra={t('unmaskedHint')}>
          <Checkbox>{t('unmasked')}</Checkbox>
        </Form.Item>
      ) : (
        <p className="hw-fine">{t('maskedOnly')}</p>
      )}
    </FormDialog>
  )
}

const identifierKinds = ['user_id', 'email', 'phone', 'anonymous_id']

function ColumnField() {
  const t = useWords(exportWords)
  const { data } = useRoute(people.attributes, {}, { staleTime: 60_000 })
  const fixed = [
    { value: 'id', label: t('colId') },
    { value: 'name', label: t('colName') },
    ...identifierKinds.map((kind) => ({ value: kind, label: kindText(kind) })),
    { value: 'identifiers', label: t('colIdentifiers') },
    { value: 'tags', label: t('colTags') },
    { value: 'firstSeen', label: t('colFirstSeen') },
    { value: 'lastSeen', label: t('colLastSeen') },
  ]
  const taken = new Set(fixed.map((one) => one.value))
  const attributes = (data?.items ?? [])
    .filter((one) => !taken.has(one.name) && !one.archived)
    .map((one) => ({ value: one.name, label: attributeTitle(one.name, one.label) }))
  return (
    <Form.Item name="columns" rules={[{ required: true, message: t('columnsMissing') }]}>
      <Select
        mode="multiple"
        aria-label={t('pickColumns')}
        placeholder={t('pickColumns')}
        options={[...fixed, ...attributes]}
        optionFilterProp="label"
      />
    </Form.Item>
  )
}
