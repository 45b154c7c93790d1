import { useState } from 'react'
import { flatAttributes } from '#modules/profiles/web/attribute-value.ts'
import { AttributeList } from '#modules/profiles/web/person/AttributeList.tsx'
import { Eye } from '#modules/profiles/web/reveal/Eye.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { callRoute } from '#web/api-client.ts'
import { useCan } from '#web/session.ts'
import { useChange } from '#web/use-route.ts'
import { type Company, routes } from '../contract.ts'
import { companyAttributeTitle } from './attribute-title.ts'
import { companyWords } from './company-words.ts'

// The catalogue of people's attributes says nothing of companies.
const ofPeople: [] = []

export function CompanyAttributes({ company: known }: { company: Company }) {
  const { company, reveal } = useRevealedCompany(known)
  const t = useWords(companyWords)
  const can = useCan()
  const update = useChange(routes.update, [routes.get, routes.list, routes.attributes])
  const attributes = flatAttributes(company.attributes)
  const isMasked = (name: string) => company.masked.includes(fieldOf(company, name))
  return (
    <AttributeList
      title={t('attributes')}
      empty={attributes.length === 0 ? t('attributesEmpty') : undefined}
      shown={attributes}
      titleOf={companyAttributeTitle}
      catalogue={ofPeople}
      isMasked={isMasked}
      mayEdit={can('company:write')}
      saving={update.isPending}
      onSave={async (name, value) => {
        await update.mutateAsync({ params: { id: company.id }, body: { attributes: { [name]: value } } })
      }}
      extra={(name) =>
        isMasked(name) && (
          <Eye what={companyAttributeTitle(name)} reveal={() => reveal(fieldOf(company, name))} />
        )
      }
    />
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
