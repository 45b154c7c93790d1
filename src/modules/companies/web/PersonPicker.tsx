import { Select } from 'antd'
import { useState } from 'react'
import { type Profile, routes as profiles } from '#modules/profiles/contract.ts'
import { contactOf } from '#modules/profiles/web/attribute-value.ts'
import { useWords } from '#ui/i18n.ts'
import { useRoute } from '#web/use-route.ts'
import { companyWords } from './company-words.ts'

type Props = {
  id?: string
  value?: string | undefined
  placeholder?: string
  onChange?: (id: string) => void
  /** Each choice is handed on and the field is empty again. */
  onPick?: (person: Profile) => void
}

/** Somebody, found by typing; a field of a form. */
export function PersonPicker({ id, value, placeholder, onChange, onPick }: Props) {
  const t = useWords(companyWords)
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<Profile>()
  const isAsking = typed.trim() !== ''
  const found = useRoute(
    profiles.list,
    { query: { search: typed, limit: 10 } },
    { enabled: isAsking, keep: true },
  )
  const people = isAsking ? (found.data?.items ?? []) : []
  const all = chosen && !people.some((one) => one.id === chosen.id) ? [...people, chosen] : people
  const label = (one: Profile) => [one.name ?? t('anonymous'), contactOf(one)].filter(Boolean).join(' · ')
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      aria-label={t('personSearch')}
      placeholder={placeholder ?? t('personSearch')}
      loading={found.isFetching}
      notFoundContent={null}
      value={value ?? null}
      options={all.map((one) => ({ value: one.id, label: label(one) }))}
      onChange={(next: string) => {
        const one = all.find(({ id: known }) => known === next)
        if (onPick) {
          setTyped('')
          if (one) onPick(one)
          return
        }
        setChosen(one)
        onChange?.(next)
      }}
    />
  )
}
