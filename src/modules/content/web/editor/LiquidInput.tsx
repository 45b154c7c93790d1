import { PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown, Input } from 'antd'
import { useRef } from 'react'
import { useWords } from '#ui/i18n.ts'
import { contentWords } from '../content-words.ts'
import { useValues } from './use-values.ts'

type Props = {
  value: string
  onChange: (value: string) => void
  label: string
  rows?: number
  maxLength?: number
  readOnly?: boolean
}

/** A field whose text may hold values; the picker puts one where the caret is. */
export function LiquidInput({ value, onChange, label, rows, maxLength, readOnly = false }: Props) {
  const t = useWords(contentWords)
  const caret = useRef<number | undefined>(undefined)
  const values = useValues()
  const note = (target: EventTarget) => {
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
      caret.current = target.selectionStart ?? undefined
  }
  const common = {
    value,
    readOnly,
    'aria-label': label,
    ...(maxLength === undefined ? {} : { maxLength }),
  }
  const insert = (liquid: string) => {
    const at = caret.current ?? value.length
    onChange(value.slice(0, at) + liquid + value.slice(at))
  }
  return (
    <div className="content-liquid">
      {rows ? (
        <Input.TextArea
          {...common}
          autoSize={{ minRows: rows, maxRows: 20 }}
          onSelect={({ target }) => note(target)}
          onChange={({ target }) => onChange(target.value)}
        />
      ) : (
        <Input
          {...common}
          onSelect={({ target }) => note(target)}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
      {!readOnly && (
        <Dropdown
          trigger={['click']}
          menu={{
            className: 'content-values',
            items: values.map(({ label: word, liquid }) => ({
              key: liquid,
              label: word,
              onClick: () => insert(liquid),
            })),
          }}
        >
          <Button
            icon={<PlusOutlined aria-hidden="true" />}
            aria-label={t('insertValue')}
            title={t('insertValue')}
          />
        </Dropdown>
      )}
    </div>
  )
}
