import { EditOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import type { Attribute } from '../../attribute-shapes.ts'
import { type Profile, routes } from '../../contract.ts'
import { flatAttributes } from '../attribute-value.ts'
import { attributeTitle } from '../attribute-words.ts'
import { AttributeText } from '../people/people-columns.tsx'
import { personWords } from '../person-words.ts'
import { RevealEye } from '../reveal/RevealEye.tsx'
import { AttributeForm } from './AttributeForm.tsx'

const shownAtFirst = 12

export function AttributesPanel({ person }: { person: Profile }) {
  const t = useWords(personWords)
  const can = useCan()
  const toast = useToast()
  const [search, setSearch] = useState('')
  const [all, setAll] = useState(false)
  const [editing, setEditing] = useState<string>()
  const catalogue = useRoute(routes.attributes, {}, { staleTime: 60_000 }).data?.items ?? []
  const labels = new Map(catalogue.flatMap(({ name, label }) => (label ? [[name, label]] : [])))
  const update = useChange(routes.update, [routes.get, routes.list])
  const attributes = flatAttributes(person.attributes)
  const found = attributes.filter(([name]) =>
    [name, attributeTitle(name, labels.get(name)), ...spokenOf(catalogue, name)].some((text) =>
      text.toLowerCase().includes(search.toLowerCase()),
    ),
  )
  const shown = all || search ? found : found.slice(0, shownAtFirst)
  const save = async (name: string, value: unknown) => {
    try {
      await update.mutateAsync({ params: { id: person.id }, body: { attributes: { [name]: value } } })
      setEditing(undefined)
      toast.done(t('attributeSaved', { name: attributeTitle(name, labels.get(name)) }))
    } catch (error) {
      toast.failed(error)
    }
  }
  const mayEdit = can('people:write')
  return (
    <section className="hw-panel">
      <div className="hw-panel-head">
        <h2>{t('attributes')}</h2>
        {mayEdit && (
          <Button
            type="text"
            size="small"
            icon={<PlusOutlined aria-hidden="true" />}
            aria-label={t('addAttribute')}
            title={t('addAttribute')}
            onClick={() => setEditing('')}
          />
        )}
      </div>
      <div className="person-attributes">
        {attributes.length > shownAtFirst && (
          <Input
            size="small"
            allowClear
            aria-label={t('attributesSearch')}
            placeholder={t('attributesSearch')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        )}
        {editing === '' && (
          <AttributeForm
            value={undefined}
            catalogue={catalogue}
            saving={update.isPending}
            onSave={save}
            onCancel={() => setEditing(undefined)}
          />
        )}
        {attributes.length === 0 && editing !== '' && <p className="hw-fine">{t('attributesEmpty')}</p>}
        <dl>
          {shown.map(([name, value]) => (
            <div key={name} className={editing === name ? undefined : 'person-attribute'}>
              <dt title={name}>{attributeTitle(name, labels.get(name))}</dt>
              <dd>
                {editing === name ? (
                  <AttributeForm
                    name={name}
                    // A masked value is none to begin with.
                    value={person.masked.includes(name) ? undefined : value}
                    catalogue={catalogue}
                    saving={update.isPending}
                    onSave={save}
                    onCancel={() => setEditing(undefined)}
                  />
                ) : (
                  <span className="hw-clip hw-bar-grow">
                    <AttributeText name={name} value={value} />
                  </span>
                )}
                {editing !== name && (
                  <RevealEye
                    person={person}
                    field={name in person.attributes ? name : (name.split('.')[0] ?? name)}
                    what={attributeTitle(name, labels.get(name))}
                  />
                )}
                {mayEdit && editing !== name && !name.includes('.') && (
                  <Button
                    type="text"
                    size="small"
                    className="person-edit"
                    icon={<EditOutlined aria-hidden="true" />}
                    aria-label={t('edit', { name: attributeTitle(name, labels.get(name)) })}
                    onClick={() => setEditing(name)}
                  />
                )}
              </dd>
            </div>
          ))}
        </dl>
        {!search && found.length > shownAtFirst && (
          <Button type="link" size="small" onClick={() => setAll(!all)}>
            {all ? t('attributesLess') : t('attributesAll', { count: found.length })}
          </Button>
        )}
      </div>
    </section>
  )
}

/** What else it is called: its labels in both languages. */
const spokenOf = (catalogue: readonly Attribute[], name: string): string[] =>
  Object.values(catalogue.find((one) => one.name === name)?.labels ?? {})
