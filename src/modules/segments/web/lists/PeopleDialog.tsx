import { Button, Checkbox, Form, Input, Segmented, Select, Skeleton } from 'antd'
import { useEffect, useRef } from 'react'
import type { Preview } from '#modules/imports/contract.ts'
import { FileGone } from '#modules/imports/web/FileGone.tsx'
import { FileStep } from '#modules/imports/web/FileStep.tsx'
import { identifierChoices } from '#modules/imports/web/identifier-choices.ts'
import { useKeptFile } from '#modules/imports/web/use-kept-file.ts'
import '#modules/imports/web/imports.css'
import { routes as jobs } from '#platform/jobs/job-contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { searchByLabel } from '#web/forms/choices.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import { routes, type Segment } from '../../contract.ts'
import { listWords } from './list-words.ts'
import { bodyOf, linesOf, mostLines, type PeopleValues, suggestColumn } from './people-values.ts'

type Props = {
  list: Segment
  what: 'add' | 'remove' | undefined
  /** The file in the address, kept by the server for a day. */
  upload: string | undefined
  onUpload: (upload: string | undefined) => void
  onClose: () => void
}

/** Puts people on the list or takes them off: pasted, out of a file, or out of a segment. */
export function PeopleDialog({ list, what, upload, onUpload, onClose }: Props) {
  const t = useWords(listWords)
  const toast = useToast()
  const refresh = [routes.get, routes.list, routes.changes, routes.members, routes.history, jobs.list]
  const add = useChange(routes.addPeople, refresh)
  const remove = useChange(routes.removePeople, refresh)
  const undo = useChange(routes.undoChange, refresh)
  const adds = what !== 'remove'
  const send = async (values: PeopleValues) => {
    const call = { params: { id: list.id }, body: bodyOf(values, adds) }
    const change = await (adds ? add : remove).mutateAsync(call)
    const count = exactNumber(change.changed, 'en')
    const said = change.finishedAt === null ? t('started') : t(adds ? 'added' : 'removed', { count })
    if (change.changed === 0) return toast.done(said)
    toast.undo(said, async () => {
      await undo.mutateAsync({ params: { id: list.id, change: change.id } })
      toast.done(t('undoStarted'))
    })
  }
  return (
    <FormDialog<PeopleValues>
      open={what !== undefined}
      title={t(adds ? 'addTitle' : 'removeTitle')}
      action={t(adds ? 'addGo' : 'removeGo')}
      initial={{ how: upload === undefined ? 'paste' : 'file', kind: 'phone', values: '' }}
      onSubmit={send}
      onClose={onClose}
      width={560}
    >
      <Fields adds={adds} listId={list.id} upload={upload} onUpload={onUpload} />
    </FormDialog>
  )
}

type FileProps = Pick<Props, 'upload' | 'onUpload'>

function Fields({ adds, listId, ...file }: FileProps & { adds: boolean; listId: string }) {
  const t = useWords(listWords)
  const can = useCan()
  const how = Form.useWatch<PeopleValues['how'] | undefined>('how') ?? 'paste'
  const ways = (['paste', 'file', 'segment'] as const).filter((way) => way !== 'file' || can('import:write'))
  return (
    <>
      <Form.Item name="how" label={t('how')}>
        <Segmented block options={ways.map((value) => ({ value, label: t(`how.${value}`) }))} />
      </Form.Item>
      {how === 'paste' && <PasteFields />}
      {how === 'file' && <FileFields {...file} />}
      {how === 'segment' && <SegmentField listId={listId} />}
      {adds && how !== 'segment' && can('people:write') && (
        <Form.Item name="create" valuePropName="checked">
          <Checkbox>{t('createPeople')}</Checkbox>
        </Form.Item>
      )}
    </>
  )
}

function KindField({ onChange }: { onChange?: (kind: string) => void }) {
  const t = useWords(listWords)
  return (
    <Form.Item name="kind" label={t('kind')}>
      <Select options={identifierChoices([])} {...(onChange ? { onChange } : {})} />
    </Form.Item>
  )
}

function PasteFields() {
  const t = useWords(listWords)
  const { language } = useDisplay()
  const lines = linesOf(Form.useWatch<string | undefined>('values') ?? '')
  return (
    <>
      <KindField />
      <Form.Item
        name="values"
        label={t('values')}
        extra={
          lines.length > 0 ? t('valuesCount', { count: exactNumber(lines.length, language) }) : undefined
        }
        rules={[
          {
            validator: async (_rule, text: string) => {
              const count = linesOf(text ?? '').length
              if (count === 0) throw new Error(t('valuesMissing'))
              if (count > mostLines) throw new Error(t('tooMany'))
            },
          },
        ]}
      >
        <Input.TextArea rows={6} placeholder={t('valuesPlaceholder')} />
      </Form.Item>
    </>
  )
}

function FileFields({ upload, onUpload }: FileProps) {
  const t = useWords(listWords)
  const form = Form.useFormInstance<PeopleValues>()
  const file = useKeptFile(upload)
  const { preview, draft } = file
  const take = (found: Preview) => {
    file.begin(found, suggestColumn(found))
    onUpload(found.upload)
  }
  // Once per file: what was chosen for it, here or before a reload.
  const filled = useRef<string>(undefined)
  useEffect(() => {
    if (!preview || filled.current === preview.upload) return
    filled.current = preview.upload
    form.setFieldsValue({
      upload: preview.upload,
      ...suggestColumn(preview),
      ...(draft as Partial<PeopleValues>),
    })
  }, [preview, draft, form])
  const keep = (chosen: Pick<PeopleValues, 'column'> | Pick<PeopleValues, 'kind'>) =>
    file.change({ ...draft, ...chosen })
  return (
    <>
      <Form.Item name="upload" hidden rules={[{ required: true, message: t('fileMissing') }]}>
        <Input />
      </Form.Item>
      {file.loading && <Skeleton active paragraph={{ rows: 2 }} title={false} />}
      {file.error !== undefined && <FileGone error={file.error} retry={file.retry} />}
      {file.loading ? null : preview === undefined ? (
        <Form.Item dependencies={['upload']} shouldUpdate>
          {() => (
            <>
              <FileStep onPreview={take} again={undefined} />
              <span className="hw-danger" role="alert">
                {form.getFieldError('upload')[0]}
              </span>
            </>
          )}
        </Form.Item>
      ) : (
        <>
          <div className="hw-bar">
            <strong className="hw-clip">{preview.name}</strong>
            <Button size="small" type="link" onClick={() => onUpload(undefined)}>
              {t('otherFile')}
            </Button>
          </div>
          <Form.Item
            name="column"
            label={t('column')}
            rules={[{ required: true, message: t('columnMissing') }]}
          >
            <Select
              {...searchByLabel}
              onChange={(column: string) => keep({ column })}
              options={preview.columns.map(({ name, samples }) => ({
                value: name,
                label: [name, samples.slice(0, 2).join(' · ')].filter(Boolean).join(' – '),
              }))}
            />
          </Form.Item>
          <KindField onChange={(kind) => keep({ kind })} />
        </>
      )}
    </>
  )
}

function SegmentField({ listId }: { listId: string }) {
  const t = useWords(listWords)
  const { data } = useRoute(routes.list, { query: { limit: 1000, sort: 'name' } })
  const options = (data?.items ?? [])
    .filter(({ id }) => id !== listId)
    .map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Form.Item
      name="segment"
      label={t('segment')}
      extra={t('segmentNote')}
      rules={[{ required: true, message: t('segmentMissing') }]}
    >
      <Select {...searchByLabel} placeholder={t('segmentMissing')} options={options} />
    </Form.Item>
  )
}
