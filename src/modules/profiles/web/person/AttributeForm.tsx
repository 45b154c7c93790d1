import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { personWords } from '../person-words.ts'
import { readValue, writeValue } from './read-value.ts'

type Props = {
  /** Without a name the form asks for one. */
  name?: string
  value: unknown
  saving: boolean
  onSave: (name: string, value: unknown) => Promise<void>
  onCancel: () => void
}

export function AttributeForm({ name, value, saving, onSave, onCancel }: Props) {
  const t = useWords(personWords)
  const [newName, setNewName] = useState('')
  const [text, setText] = useState(() => writeValue(value))
  const target = name ?? newName.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (target !== '') void onSave(target, readValue(text, value))
  }
  return (
    <form
      className="person-attribute-form"
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      {name === undefined ? (
        <Input
          size="small"
          autoFocus
          aria-label={t('attributeName')}
          placeholder={t('attributeName')}
          maxLength={200}
          value={newName}
          onChange={(event) => setNewName(event.target.value)}
        />
      ) : null}
      <Input
        size="small"
        autoFocus={name !== undefined}
        aria-label={t('attributeValue')}
        placeholder={t('attributeValue')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="hw-bar">
        <Button size="small" type="primary" htmlType="submit" loading={saving} disabled={target === ''}>
          {t('save')}
        </Button>
        <Button size="small" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <span className="hw-bar-grow" />
        {name !== undefined && (
          <Button size="small" danger type="text" onClick={() => void onSave(name, null)}>
            {t('removeAttribute')}
          </Button>
        )}
      </div>
    </form>
  )
}
