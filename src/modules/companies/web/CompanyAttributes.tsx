import { EditOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { flatAttributes } from '#modules/profiles/web/attribute-value.ts'
import { AttributeText } from '#modules/profiles/web/people/people-columns.tsx'
import { AttributeForm } from '#modules/profiles/web/person/AttributeForm.tsx'
import { Eye } from '#modules/profiles/web/reveal/Eye.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { callRoute } from '#web/api-client.ts'
import { useCan } from '#web/session.ts'
import { useChange } from '#web/use-route.ts'
import { type Company, routes } from '../contract.ts'
import { companyAttributeTitle } from './attribute-title.ts'
import { companyWords } from './company-words.ts'
import '#modules/profiles/web/person.css'

// The catalogue of people's attributes says nothing of companies.
const ofPeople: [] = []

export function CompanyAttributes({ company: known }: { company: Company }) {
  const { company, reveal } = useRevealedCompany(known)
  const t = useWords(companyWords)
  const can = useCan()
  const toast = useToast()
  const [editing, setEditing] = useState<string>()
  const update = useChange(routes.update, [routes.get, routes.list, routes.attributes])
  const attributes = flatAttributes(company.attributes)
  const stop = () => setEditing(undefined)
  const save = async (name: string, value: unknown) => {
    try {
      await update.mutateAsync({ params: { id: company.id }, body: { attributes: { [name]: value } } })
      stop()
      toast.done(t('attributeSaved', { name: companyAttributeTitle(name) }))
    } catch (error) {
      toast.failed(error)
    }
  }
  const mayEdit = can('company:write')
  const form = (name: string | undefined, value: unknown) => (
    <AttributeForm
      {...(name === undefined ? {} : { name })}
      value={value}
      catalogue={ofPeople}
      saving={update.isPending}
      onSave={save}
      onCancel={stop}
    />
  )
  return (
    <section className="hw-panel" aria-label={t('attributes')}>
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
        {editing === '' && form(undefined, undefined)}
        {attributes.length === 0 && editing !== '' && <p className="hw-fine">{t('attributesEmpty')}</p>}
        <dl>
          {attributes.map(([name, value]) => (
            <div key={name} className={editing === name ? undefined : 'person-attribute'}>
              <dt title={name}>{companyAttributeTitle(name)}</dt>
              <dd>
                {editing === name ? (
                  // A masked value is none to begin with.
                  form(name, company.masked.includes(fieldOf(company, name)) ? undefined : value)
                ) : (
                  <span className="hw-clip hw-bar-grow">
                    <AttributeText value={value} />
                  </span>
                )}
                {editing !== name && company.masked.includes(fieldOf(company, name)) && (
                  <Eye what={companyAttributeTitle(name)} reveal={() => reveal(fieldOf(company, name))} />
                )}
                {mayEdit && editing !== name && !name.includes('.') && (
                  <Button
                    type="text"
                    size="small"
                    className="person-edit"
                    icon={<EditOutlined aria-hidden="true" />}
                    aria-label={t('editAttribute', { name: companyAttributeTitle(name) })}
                    onClick={() => setEditing(name)}
                  />
                )}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  )
}

/** The attribute a shown part of it belongs to. */
const fieldOf = (company: Company, name: string): string =>
  name in company.attributes ? name : (name.split('.')[0] ?? name)

/** The company with what was revealed of it, for as long as it stands here. */
function useRevealedCompany(known: Company) {
  const toast = useToast()
  const [whole, setWhole] = useState<Record<string, unknown>>({})
  const reveal = async (field: string) => {
    try {
      const answer = await callRoute(routes.reveal, { params: { id: known.id }, body: { fields: [field] } })
      setWhole((before) => ({ ...before, ...answer.attributes }))
    } catch (error) {
      toast.failed(error)
    }
  }
  const company: Company = {
    ...known,
    attributes: { ...known.attributes, ...whole },
    masked: known.masked.filter((name) => !(name in whole)),
  }
  return { company, reveal }
}
