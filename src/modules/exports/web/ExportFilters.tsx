import { Checkbox } from 'antd'
import type { z } from 'zod'
import { ExportState } from '#modules/exports/contract.ts'
import { FilterSelect } from '#ui/FilterSelect.tsx'
import { useWords } from '#ui/i18n.ts'
import { SearchBox } from '#ui/SearchBox.tsx'
import { exportWords } from './export-words.ts'

type Filters = {
  q?: string | undefined
  state?: z.infer<typeof ExportState> | undefined
  by?: 'me' | undefined
}
type Props = { value: Filters; onChange: (change: Filters) => void }

/** Which exports the list shows. */
export function ExportFilters({ value, onChange }: Props) {
  const t = useWords(exportWords)
  return (
    <search className="hw-bar">
      <SearchBox
        value={value.q}
        label={t('search')}
        onSearch={(q) => onChange({ q: q.trim() || undefined })}
      />
      <FilterSelect
        label={t('state')}
        value={value.state}
        all={t('everyState')}
        choices={ExportState.options.map((state) => ({ value: state, label: t(state) }))}
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
