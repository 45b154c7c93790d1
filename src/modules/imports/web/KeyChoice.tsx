import { AutoComplete, Select } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { searchByLabel } from '#web/forms/choices.ts'
import type { Preview } from '../contract.ts'
import { companyKeyChoices, identifierChoices } from './identifier-choices.ts'
import type { ImportDraft } from './import-draft.ts'
import { importWords } from './import-words.ts'

type Props = { preview: Preview; draft: ImportDraft; onChange: (draft: ImportDraft) => void }

export function KeyChoice({ preview, draft, onChange }: Props) {
  const t = useWords(importWords)
  const isCompany = draft.kind === 'companies'
  const suggested = preview.suggestion.key?.kind
  const ownKind = (column: string) => {
    if (isCompany) return draft.key.kind
    const use = preview.suggestion.columns[column]
    return use && 'identifier' in use ? use.identifier : draft.key.kind
  }
  return (
    <div className="import-key">
      <div className="hw-field">
        <span>{t('keyColumn')}</span>
        <Select
          {...searchByLabel}
          aria-label={t('keyColumn')}
          value={draft.key.column}
          options={preview.columns.map(({ name }) => ({ value: name, label: name }))}
          onChange={(column) => onChange({ ...draft, key: { column, kind: ownKind(column) } })}
        />
      </div>
      <div className="hw-field">
        <span>{t('keyKind')}</span>
        {isCompany ? (
          <Select
            aria-label={t('keyKind')}
            value={draft.key.kind}
            options={companyKeyChoices()}
            onChange={(kind) => onChange({ ...draft, key: { ...draft.key, kind } })}
          />
        ) : (
          <AutoComplete
            aria-label={t('keyKind')}
            value={draft.key.kind}
            options={identifierChoices(suggested ? [suggested] : [])}
            onChange={(kind: string) => onChange({ ...draft, key: { ...draft.key, kind } })}
          />
        )}
      </div>
      <p className="hw-fine">{t(isCompany ? 'companyKeyHint' : 'keyHint')}</p>
    </div>
  )
}
