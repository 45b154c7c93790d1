import { Button, Input, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { routes as connectionRoutes, type PlaceKind } from '#modules/connectors/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { useRoute } from '#web/use-route.ts'
import { ConnectionDialog } from './ConnectionDialog.tsx'
import type { PlaceDraft } from './place-draft.ts'
import { sourceWords } from './source-words.ts'

type Props = { draft: PlaceDraft; onChange: (change: Partial<PlaceDraft>) => void }

/** Where exactly in a place of the chosen kind. */
export function PlaceFields({ draft, onChange: set }: Props) {
  const t = useWords(sourceWords)
  return (
    <>
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
    </>
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

function ConnectionChoice({ draft, onChange }: Props) {
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
        onDone={(made) => onChange({ connection: made.id })}
        onClose={() => setAdding(false)}
      />
    </div>
  )
}
