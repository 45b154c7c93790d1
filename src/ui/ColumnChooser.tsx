import { SlidersOutlined } from '@ant-design/icons'
import { Button, Checkbox, Empty, Input, Popover } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { uiWords } from '#ui/ui-words.ts'

export type ColumnChoice = {
  id: string
  title: string
  hint?: string
  /** What it means, on hover. */
  description?: string
  /** Heading it stands under. */
  group?: string
  /** What else it is found by. */
  alias?: string
}
type Props = {
  choices: ColumnChoice[]
  chosen: string[]
  defaults: string[]
  onChange: (ids: string[]) => void
}

/** Which columns a list shows; the caller keeps the answer in the URL. */
export function ColumnChooser({ choices, chosen, defaults, onChange }: Props) {
  const t = useWords(uiWords)
  const [search, setSearch] = useState('')
  const found = choices.filter((c) =>
    `${c.title} ${c.id} ${c.alias ?? ''} ${c.group ?? ''}`
      .toLowerCase()
      .includes(search.trim().toLowerCase()),
  )
  const ordered = [...Map.groupBy(found, (c) => c.group ?? '').values()].flat()
  const grouped = ordered.map((choice, at) => ({
    choice,
    heading: choice.group !== ordered[at - 1]?.group ? choice.group : undefined,
  }))
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((c) => c !== id) : [...chosen, id])
  const body = (
    <div className="hw-chooser">
      <Input
        value={search}
        onChange={(e) => setSearch(e.target.value)}
        placeholder={t('columnsSearch')}
        aria-label={t('columnsSearch')}
        allowClear
        autoFocus
      />
      <ul>
        {grouped.map(({ choice, heading }) => (
          <li key={choice.id} title={choice.description}>
            {heading && <div className="hw-fine hw-chooser-group">{heading}</div>}
            <Checkbox checked={chosen.includes(choice.id)} onChange={() => toggle(choice.id)}>
              {choice.title}
              {choice.hint && <span className="hw-fine"> {choice.hint}</span>}
            </Checkbox>
          </li>
        ))}
        {found.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={false} />}
      </ul>
      <Button size="small" type="link" onClick={() => onChange(defaults)}>
        {t('columnsReset')}
      </Button>
    </div>
  )
  return (
    <Popover content={body} trigger="click" placement="bottomRight" title={t('columnsTitle')}>
      <Button icon={<SlidersOutlined aria-hidden="true" />}>{t('columns')}</Button>
    </Popover>
  )
}
