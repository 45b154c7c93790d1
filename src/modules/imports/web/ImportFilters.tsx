import { Checkbox } from 'antd'
import { FilterSelect } from '#ui/FilterSelect.tsx'
import { useWords } from '#ui/i18n.ts'
import { SearchBox } from '#ui/SearchBox.tsx'
import { ImportKind, ImportState } from '../contract.ts'
import { importWords } from './import-words.ts'

type Filters = {
  q?: string | undefined
  kind?: ImportKind | undefined
  state?: ImportState | undefined
  by?: 'me' | undefined
}
type Props = { value: Filters; onChange: (change: Filters) => void }

/** Which imports the list shows. */
export function ImportFilters({ value, onChange }: Props) {
  const t = useWords(importWords)
  return (
    <search className="hw-bar">
      <SearchBox
        value={value.q}
        label={t('search')}
        onSearch={(q) => onChange({ q: q.trim() || undefined })}
      />
      <FilterSelect
        label={t('kind')}
        value={value.kind}
        all={t('everyKind')}
        choices={ImportKind.options.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        onChange={(kind) => onChange({ kind })}
      />
      <FilterSelect
        label={t('state')}
        value={value.state}
        all={t('everyState')}
        choices={ImportState.options.map((state) => ({ value: state, label: t(`state.${state}`) }))}
        onChange={(state) => onChange({ state })}
      />
      <Checkbox
        checked={value.by === 'me'}
        onChange={({ target }) => onChange({ by: target.checked ? 'me' : undefined })}
      >
        {t('onlyMine')}
      </Checkbox>
    </search>
  )
}
