import { Button, Radio } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useChange } from '#web/use-route.ts'
import { type Preview, routes } from '../contract.ts'
import { reasonText } from '../reason-text.ts'
import { ColumnList } from './ColumnList.tsx'
import { ImportOptions } from './ImportOptions.tsx'
import { changeKind, type ImportDraft, specOf } from './import-draft.ts'
import { importWords } from './import-words.ts'
import { KeyChoice } from './KeyChoice.tsx'
import { SavedMappings } from './SavedMappings.tsx'

type Props = {
  preview: Preview
  draft: ImportDraft
  onChange: (draft: ImportDraft) => void
  onChecked: (dryRun: string) => void
  onRestart: () => void
}
const kinds = ['people', 'companies', 'events', 'orders'] as const

export function MappingStep({ preview, draft, onChange, onChecked, onRestart }: Props) {
  const t = useWords(importWords)
  const toast = useToast()
  const start = useChange(routes.start)
  const check = () =>
    start.mutate(
      { body: { upload: preview.upload, spec: specOf(draft, preview, true) } },
      { onSuccess: ({ id }) => onChecked(id), onError: toast.failed },
    )
  return (
    <>
      <MappingFields preview={preview} draft={draft} onChange={onChange} onRestart={onRestart} />
      <div className="hw-bar import-foot">
        <span className="hw-bar-grow" />
        <Button onClick={onRestart}>{t('otherFile')}</Button>
        <Button type="primary" loading={start.isPending} onClick={check}>
          {t('check')}
        </Button>
      </div>
    </>
  )
}

/** What is in the file and what becomes of it. */
export function MappingFields({ preview, draft, onChange, onRestart }: Omit<Props, 'onChecked'>) {
  const t = useWords(importWords)
  return (
    <>
      <FileFacts preview={preview} onRestart={onRestart} />
      <fieldset className="hw-panel hw-panel-body import-head">
        <legend className="hw-sr">{t('whatKind')}</legend>
        <Radio.Group
          optionType="button"
          aria-label={t('whatKind')}
          value={draft.kind}
          options={kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
          onChange={(event) => onChange(changeKind(draft, event.target.value as ImportDraft['kind']))}
        />
        <KeyChoice preview={preview} draft={draft} onChange={onChange} />
      </fieldset>
      <SavedMappings preview={preview} draft={draft} onChange={onChange} />
      <ColumnList preview={preview} draft={draft} onChange={onChange} />
      <ImportOptions draft={draft} onChange={onChange} />
    </>
  )
}

function FileFacts({ preview, onRestart }: { preview: Preview; onRestart: () => void }) {
  const t = useWords(importWords)
  const { language } = useDisplay()
  const delimiter = preview.delimiter === '\t' ? t('tab') : (preview.delimiter ?? '')
  const encoding = preview.encoding?.replace('-damaged', '').toUpperCase() ?? ''
  const format = t(`format.${preview.format}`, { encoding, delimiter })
  const size = `${exactNumber(Math.ceil(preview.bytes / 1024), language)} KB`
  return (
    <div className="hw-panel hw-panel-body">
      <div className="hw-bar">
        <strong className="hw-clip">{preview.name}</strong>
        <span className="hw-fine">{t('fileFacts', { format, size, columns: preview.columns.length })}</span>
        <span className="hw-bar-grow" />
        <Button size="small" type="link" onClick={onRestart}>
          {t('otherFile')}
        </Button>
      </div>
      {preview.warnings.length > 0 && (
        <ul className="import-warnings" aria-label={t('warnings')}>
          {preview.warnings.slice(0, 8).map(({ code, details = {} }) => (
            <li key={code + JSON.stringify(details)}>{reasonText(code, details, language)}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
