import { CloudOutlined, DatabaseOutlined, FolderOutlined } from '@ant-design/icons'
import { Button, Input, Radio, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { routes as connectionRoutes, type PlaceKind } from '#modules/connectors/contract.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import type { Preview } from '../../contract.ts'
import { type SourcePlace, sourceRoutes } from '../../source-contract.ts'
import { ConnectionDialog } from './ConnectionDialog.tsx'
import { type PlaceDraft, placeOfDraft } from './place-draft.ts'
import { sourceWords } from './source-words.ts'

type Props = {
  draft: PlaceDraft
  onChange: (draft: PlaceDraft) => void
  onPreview: (place: SourcePlace, preview: Preview) => void
}
const kinds = ['folder', 's3', 'database'] as const
const icons: Record<SourcePlace['kind'], ReactNode> = {
  folder: <FolderOutlined aria-hidden="true" />,
  s3: <CloudOutlined aria-hidden="true" />,
  database: <DatabaseOutlined aria-hidden="true" />,
}

export function PlaceStep({ draft, onChange, onPreview }: Props) {
  const t = useWords(sourceWords)
  const look = useChange(sourceRoutes.previewSource)
  const set = (change: Partial<PlaceDraft>) => onChange({ ...draft, ...change })
  const place = placeOfDraft(draft)
  return (
    <div className="hw-panel hw-panel-body">
      <Radio.Group
        className="source-kinds"
        aria-label={t('where')}
        value={draft.kind}
        onChange={({ target }) => set({ kind: target.value as SourcePlace['kind'], connection: undefined })}
      >
        {kinds.map((kind) => (
          <Radio key={kind} value={kind} className="source-kind">
            <span className="source-kind-name">
              {icons[kind]} {t(`kind.${kind}`)}
            </span>
            <span className="hw-fine">{t(`kindText.${kind}`)}</span>
          </Radio>
        ))}
      </Radio.Group>
      {draft.kind !== 'folder' && <ConnectionChoice draft={draft} onChange={set} />}
      {draft.kind === 's3' && (
        <Field label={t('prefix')} hint={t('prefixHint')}>
          <Input
            aria-label={t('prefix')}
            value={draft.prefix}
            onChange={({ target }) => set({ prefix: target.value })}
          />
        </Field>
      )}
      {draft.kind === 'database' ? (
        <>
          <Field label={t('sql')} hint={t('sqlHint')}>
            <Input.TextArea
              className="hw-mono"
              aria-label={t('sql')}
              autoSize={{ minRows: 4, maxRows: 14 }}
              spellCheck={false}
              value={draft.sql}
              onChange={({ target }) => set({ sql: target.value })}
            />
          </Field>
          <Field label={t('cursor')} hint={t('cursorHint')}>
            <Input
              className="hw-mono source-cron"
              aria-label={t('cursor')}
              value={draft.cursor}
              onChange={({ target }) => set({ cursor: target.value })}
            />
          </Field>
        </>
      ) : (
        <Field label={t('glob')} hint={t('globHint')}>
          <Input
            className="hw-mono source-cron"
            aria-label={t('glob')}
            value={draft.glob}
            onChange={({ target }) => set({ glob: target.value })}
          />
        </Field>
      )}
      {draft.kind === 'folder' && <FolderNote />}
      {look.error && <ErrorState error={look.error} compact />}
      <div className="hw-bar source-foot">
        <span className="hw-bar-grow" />
        <Button
          type="primary"
          disabled={!place}
          loading={look.isPending}
          onClick={() =>
            place && look.mutate({ body: { place } }, { onSuccess: (preview) => onPreview(place, preview) })
          }
        >
          {t('look')}
        </Button>
      </div>
    </div>
  )
}

function Field({ label, hint, children }: { label: string; hint: string; children: ReactNode }) {
  return (
    <div className="hw-field">
      <span>{label}</span>
      {children}
      <span className="hw-fine source-block">{hint}</span>
    </div>
  )
}

function FolderNote() {
  const t = useWords(sourceWords)
  const found = useRoute(sourceRoutes.listSources, {})
  return (
    <p className="hw-field">
      <span>{t('folderPath')}</span>
      <code className="hw-mono source-path">{found.data?.folder ?? '…'}</code>
      <span className="hw-fine source-block">{t('folderNote')}</span>
    </p>
  )
}

type ChoiceProps = { draft: PlaceDraft; onChange: (change: Partial<PlaceDraft>) => void }

function ConnectionChoice({ draft, onChange }: ChoiceProps) {
  const t = useWords(sourceWords)
  const [adding, setAdding] = useState(false)
  const found = useRoute(connectionRoutes.list, {})
  const wanted: PlaceKind[] = draft.kind === 's3' ? ['s3'] : ['postgres', 'mysql']
  const options = (found.data?.items ?? []).filter((one) => wanted.includes(one.place.kind))
  return (
    <div className="hw-field">
      <span>{t('connection')}</span>
      <div className="hw-bar">
        <Select
          className="source-connection"
          aria-label={t('connection')}
          placeholder={t('chooseConnection')}
          loading={found.isFetching}
          value={draft.connection}
          options={options.map((one) => ({ value: one.id, label: one.name }))}
          onChange={(connection: string) => onChange({ connection })}
        />
        <Button onClick={() => setAdding(true)}>{t('newConnection')}</Button>
      </div>
      <ConnectionDialog
        open={adding}
        kinds={wanted}
        onMade={(made) => {
          onChange({ connection: made.id })
          setAdding(false)
        }}
        onClose={() => setAdding(false)}
      />
    </div>
  )
}
