import { Button, Input } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import type { Attribute } from '../../attribute-shapes.ts'
import { type Profile, routes } from '../../contract.ts'
import { flatAttributes } from '../attribute-value.ts'
import { attributeTitle } from '../attribute-words.ts'
import { personWords } from '../person-words.ts'
import { RevealEye } from '../reveal/RevealEye.tsx'
import { AttributeList } from './AttributeList.tsx'

const shownAtFirst = 12

export function AttributesPanel({ person }: { person: Profile }) {
  const t = useWords(personWords)
  const can = useCan()
  const [search, setSearch] = useState('')
  const [all, setAll] = useState(false)
  const catalogue = useRoute(routes.attributes, {}, { staleTime: 60_000 }).data?.items ?? []
  const labels = new Map(catalogue.flatMap(({ name, label }) => (label ? [[name, label]] : [])))
  const titleOf = (name: string) => attributeTitle(name, labels.get(name))
  const update = useChange(routes.update, [routes.get, routes.list])
  const attributes = flatAttributes(person.attributes)
  const found = attributes.filter(([name]) =>
    [name, titleOf(name), ...spokenOf(catalogue, name)].some((text) =>
      text.toLowerCase().includes(search.toLowerCase()),
    ),
  )
  const shown = all || search ? found : found.slice(0, shownAtFirst)
  return (
    <AttributeList
      title={t('attributes')}
      empty={attributes.length === 0 ? t('attributesEmpty') : undefined}
      shown={shown}
      titleOf={titleOf}
      catalogue={catalogue}
      isMasked={(name) => person.masked.includes(name)}
      mayEdit={can('people:write')}
      saving={update.isPending}
      onSave={async (name, value) => {
        await update.mutateAsync({ params: { id: person.id }, body: { attributes: { [name]: value } } })
      }}
      named
      extra={(name) => (
        <RevealEye
          person={person}
          field={name in person.attributes ? name : (name.split('.')[0] ?? name)}
          what={titleOf(name)}
        />
      )}
      above={
        attributes.length > shownAtFirst && (
          <Input
            size="small"
            allowClear
            aria-label={t('attributesSearch')}
            placeholder={t('attributesSearch')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        )
      }
      below={
        !search &&
        found.length > shownAtFirst && (
          <Button type="link" size="small" onClick={() => setAll(!all)}>
            {all ? t('attributesLess') : t('attributesAll', { count: found.length })}
          </Button>
        )
      }
    />
  )
}

/** What else it is called: its labels in both languages. */
const spokenOf = (catalogue: readonly Attribute[], name: string): string[] =>
  Object.values(catalogue.find((one) => one.name === name)?.labels ?? {})
