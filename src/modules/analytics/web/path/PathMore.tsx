import { CloseOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import type { PathGroup } from '../../contract/path.ts'
import type { PartProps } from '../kind-view.ts'
import { GroupDialog } from './GroupDialog.tsx'
import { ItemsPicker } from './ItemPicker.tsx'
import { pathOptions, setPathOptions } from './path-options.ts'
import { pathWords } from './path-words.ts'

/** What is left out, what is one, what a visit is. */
export function PathMore({ state, onChange }: PartProps) {
  const t = useWords(pathWords)
  const options = pathOptions(state)
  const set = setPathOptions({ state, onChange })
  return (
    <div className="path-more">
      <ItemsPicker
        label={t('include')}
        placeholder={t('includeNone')}
        options={options}
        value={options.include}
        onChange={(include) => set({ include })}
      />
      <ItemsPicker
        label={t('exclude')}
        placeholder={t('excludeNone')}
        options={options}
        value={options.exclude}
        onChange={(exclude) => set({ exclude })}
      />
      <Groups state={state} onChange={onChange} />
      <div className="path-field">
        <span aria-hidden="true">{t('count')}</span>
        <Select
          aria-label={t('count')}
          value={options.count ?? 'sessions'}
          options={(['sessions', 'people'] as const).map((value) => ({ value, label: t(`count.${value}`) }))}
          onChange={(count) => set({ count: count === 'people' ? count : undefined })}
        />
      </div>
      {options.count !== 'people' && (
        <div className="path-field">
          <span aria-hidden="true">{t('gap')}</span>
          <InputNumber
            aria-label={t('gap')}
            min={1}
            max={10_080}
            precision={0}
            suffix={t('minutes')}
            value={options.gap ?? 30}
            onChange={(gap) => set({ gap: gap === 30 ? undefined : (gap ?? undefined) })}
          />
        </div>
      )}
      <div className="path-field">
        <span aria-hidden="true">{t('collapse')}</span>
        <Select
          aria-label={t('collapse')}
          value={options.collapse ?? 'last'}
          options={(['last', 'first', 'none'] as const).map((value) => ({
            value,
            label: t(`collapse.${value}`),
          }))}
          onChange={(collapse) => set({ collapse: collapse === 'last' ? undefined : collapse })}
        />
      </div>
      <div className="path-field">
        <span aria-hidden="true">{t('least')}</span>
        <InputNumber
          aria-label={t('least')}
          min={1}
          max={1_000_000}
          precision={0}
          suffix={t('times')}
          value={options.least ?? 1}
          onChange={(least) => set({ least: least === 1 ? undefined : (least ?? undefined) })}
        />
      </div>
    </div>
  )
}

const newGroup: PathGroup = { name: '', patterns: [] }

function Groups({ state, onChange }: PartProps) {
  const t = useWords(pathWords)
  const options = pathOptions(state)
  const set = setPathOptions({ state, onChange })
  const groups = options.groups ?? []
  const [edited, setEdited] = useState<number>()
  return (
    <div className="path-field">
      <span>{t('groups')}</span>
      <span className="hw-fine">{t('groupsText')}</span>
      {groups.map((group, at) => (
        <span key={group.name} className="hw-bar">
          <span className="hw-bar-grow hw-clip" title={group.patterns.join(', ')}>
            {group.name} <span className="hw-muted">{group.patterns.join(', ')}</span>
          </span>
          <Button
            type="text"
            size="small"
            icon={<EditOutlined aria-hidden="true" />}
            aria-label={t('editGroup', { name: group.name })}
            onClick={() => setEdited(at)}
          />
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined aria-hidden="true" />}
            aria-label={t('removeGroup', { name: group.name })}
            onClick={() => set({ groups: groups.toSpliced(at, 1) })}
          />
        </span>
      ))}
      <span>
        <Button
          type="text"
          size="small"
          icon={<PlusOutlined aria-hidden="true" />}
          onClick={() => setEdited(groups.length)}
        >
          {t('addGroup')}
        </Button>
      </span>
      {edited !== undefined && (
        <GroupDialog
          options={options}
          initial={groups[edited] ?? newGroup}
          onClose={() => setEdited(undefined)}
          onSave={(group) => set({ groups: groups.toSpliced(edited, 1, group) })}
        />
      )}
    </div>
  )
}
