import { CloudOutlined, DatabaseOutlined, FolderOutlined } from '@ant-design/icons'
import { Button, Radio } from 'antd'
import type { ReactNode } from 'react'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import type { Preview } from '../../contract.ts'
import { type SourcePlace, sourceRoutes } from '../../source-contract.ts'
import { PlaceFields } from './PlaceFields.tsx'
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
      <PlaceFields draft={draft} onChange={set} />
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
