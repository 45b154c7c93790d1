import { AutoComplete, Input, Select } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { ColumnUse, Preview, PreviewColumn } from '../contract.ts'
import { identifierChoices } from './identifier-choices.ts'
import { changeUse, choicesFor, type ImportDraft, nameIn, nameOfUse } from './import-draft.ts'
import { importWords } from './import-words.ts'

type Props = { preview: Preview; draft: ImportDraft; onChange: (draft: ImportDraft) => void }

/** One row per column: what is in it, and what becomes of it. Cards on a phone, by style alone. */
export function ColumnList({ preview, draft, onChange }: Props) {
  const t = useWords(importWords)
  const change = (column: string) => (use: ColumnUse) =>
    onChange({ ...draft, columns: { ...draft.columns, [column]: use } })
  return (
    <table className="hw-panel import-columns">
      <thead>
        <tr>
          <th scope="col">{t('column')}</th>
          <th scope="col">{t('samples')}</th>
          <th scope="col">{t('use')}</th>
          <th scope="col">{t('as')}</th>
        </tr>
      </thead>
      <tbody>
        {preview.columns.map((column) => (
          <ColumnRow
            key={column.name}
            column={column}
            rows={preview.rows}
            draft={draft}
            onUse={change(column.name)}
          />
        ))}
      </tbody>
    </table>
  )
}

type RowProps = { column: PreviewColumn; rows: number; draft: ImportDraft; onUse: (use: ColumnUse) => void }

function ColumnRow({ column, rows, draft, onUse }: RowProps) {
  const t = useWords(importWords)
  const use = draft.columns[column.name] ?? { skip: true }
  const isKey = draft.key.column === column.name
  const percent = `${Math.round((column.filled / Math.max(1, rows)) * 100)}%`
  return (
    <tr className={nameOfUse(use) === 'skip' && !isKey ? 'import-left-out' : ''}>
      <th scope="row">
        <span className="import-column-name">{column.name}</span>
        <span className="hw-fine">
          {t(`type.${column.type}`)} · {t('filled', { percent })}
        </span>
      </th>
      <td className="import-samples">
        {column.samples.slice(0, 3).map((sample) => (
          <span key={sample} className="hw-pill hw-clip">
            {sample}
          </span>
        ))}
      </td>
      {isKey ? (
        <td colSpan={2}>
          <span className="hw-pill hw-pill-river">{t('isKey')}</span>
        </td>
      ) : (
        <>
          <td>
            <Select
              className="import-use"
              aria-label={`${t('use')} ${column.name}`}
              value={nameOfUse(use)}
              options={choicesFor(draft.kind).map((name) => ({ value: name, label: t(`use.${name}`) }))}
              onChange={(to) => onUse(changeUse(column.name, use, to))}
            />
          </td>
          <td>
            <NameField column={column.name} use={use} onUse={onUse} />
          </td>
        </>
      )}
    </tr>
  )
}

function NameField({
  column,
  use,
  onUse,
}: {
  column: string
  use: ColumnUse
  onUse: (use: ColumnUse) => void
}) {
  const t = useWords(importWords)
  const label = `${t('as')} ${column}`
  if ('identifier' in use)
    return (
      <AutoComplete
        className="import-use"
        aria-label={label}
        value={use.identifier}
        options={identifierChoices([])}
        onChange={(identifier: string) => onUse({ identifier })}
      />
    )
  const name = nameIn(use)
  if (name === undefined) return null
  return (
    <Input
      aria-label={label}
      value={name}
      onChange={({ target }) =>
        onUse('attribute' in use ? { attribute: target.value } : { property: target.value })
      }
    />
  )
}
