import { Select } from 'antd'
import { useState } from 'react'
import { routes as profiles } from '#modules/profiles/contract.ts'
import { contactOf } from '#modules/profiles/web/attribute-value.ts'
import { useWords } from '#ui/i18n.ts'
import { useRoute } from '#web/use-route.ts'
import { contentWords } from '../content-words.ts'

type Props = { value: string | undefined; onChange: (id: string | undefined) => void }

/** Whom a preview is for; some people before anything is typed. */
export function PersonSelect({ value, onChange }: Props) {
  const t = useWords(contentWords)
  const [typed, setTyped] = useState('')
  const search = typed.trim()
  const found = useRoute(
    profiles.list,
    { query: { limit: 20, ...(search ? { search } : {}) } },
    { keep: true },
  )
  const one = useRoute(profiles.get, { params: { id: value ?? '' } }, { enabled: value !== undefined })
  const people = found.data?.items ?? []
  const chosen = value === undefined ? undefined : one.data
  const all = chosen && !people.some(({ id }) => id === chosen.id) ? [chosen, ...people] : people
  return (
    <Select
      className="content-person"
      aria-label={t('previewAs')}
      placeholder={t('example')}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={found.isFetching}
      value={value ?? null}
      options={all.map((person) => ({
        value: person.id,
        label: [person.name, contactOf(person)].filter(Boolean).join(' · ') || person.id,
      }))}
      onChange={(next: string | null | undefined) => onChange(next ?? undefined)}
    />
  )
}
