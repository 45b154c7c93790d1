import { AutoComplete, Button } from 'antd'
import { type FormEvent, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import type { Attribute } from '../../attribute-shapes.ts'
import { attributeTitle } from '../attribute-words.ts'
import { personWords } from '../person-words.ts'
import { readValue } from './read-value.ts'
import { TypedInput } from './TypedInput.tsx'

type Props = {
  /** Without a name the form asks for one. */
  name?: string
  value: unknown
  /** What there is to choose a name from, and how each is asked for. */
  catalogue: readonly Attribute[]
  saving: boolean
  onSave: (name: string, value: unknown) => Promise<void>
  onCancel: () => void
}

export function AttributeForm({ name, value, catalogue, saving, onSave, onCancel }: Props) {
  const t = useWords(personWords)
  const [newName, setNewName] = useState('')
  const [typed, setTyped] = useState(value)
  const target = name ?? newName.trim()
  const known = catalogue.find((one) => one.name === target)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (target !== '')
      void onSave(target, typeof typed === 'string' ? readValue(typed, value) : (typed ?? null))
  }
  return (
    <form
      className="person-attribute-form"
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      {name === undefined ? (
        <AutoComplete
          size="small"
          autoFocus
          aria-label={t('attributeName')}
          placeholder={t('attributeName')}
          maxLength={200}
          value={newName}
          options={catalogue
            .filter((one) => !one.archived && isMeant(one, newName))
            .slice(0, 20)
            .map((one) => ({ value: one.name, label: attributeTitle(one.name, one.label) }))}
          onChange={(next: string) => {
            setNewName(next)
            setTyped(undefined)
          }}
        />
      ) : null}
      <TypedInput known={known} value={typed} autoFocus={name !== undefined} onChange={setTyped} />
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

/** By its name and both labels. */
const isMeant = (one: Attribute, typed: string): boolean =>
  [one.name, one.labels.zh, one.labels.en, attributeTitle(one.name, one.label)].some((text) =>
    text.toLowerCase().includes(typed.trim().toLowerCase()),
  )
