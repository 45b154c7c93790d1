import { Checkbox } from 'antd'
import type { ReactNode } from 'react'
import { FilterSelect } from '#ui/FilterSelect.tsx'
import { useWords } from '#ui/i18n.ts'
import { SearchBox } from '#ui/SearchBox.tsx'
import { listWords } from './list-words.ts'
import type { Narrowed } from './narrowed.ts'

type Props = {
  narrowed: Narrowed
  onChange: (change: Narrowed) => void
  /** Left out: the list has no folders. */
  folders?: readonly string[] | undefined
  /** Other ways to narrow it. */
  children?: ReactNode
}

/** Above a list of named things: by name, by folder, only one's own. */
export function NarrowBar({ narrowed, onChange, folders, children }: Props) {
  const t = useWords(listWords)
  return (
    <div className="hw-bar">
      <SearchBox value={narrowed.q} label={t('search')} onSearch={(q) => onChange({ q: q || undefined })} />
      {folders && (
        <FilterSelect
          label={t('folder')}
          value={narrowed.folder}
          all={t('allFolders')}
          choices={folders.map((value) => ({ value, label: value }))}
          onChange={(folder) => onChange({ folder })}
        />
      )}
      {children}
      <Checkbox
        checked={narrowed.mine === true}
        onChange={({ target }) => onChange({ mine: target.checked || undefined })}
      >
        {t('mine')}
      </Checkbox>
    </div>
  )
}
