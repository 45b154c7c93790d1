import { type ReactNode, useMemo } from 'react'
import { routes as access } from '#modules/access/contract.ts'
import { routes as collect } from '#modules/collect/contract.ts'
import { routes as companies } from '#modules/companies/contract.ts'
import { companyAttributeTitle } from '#modules/companies/web/attribute-title.ts'
import { routes as profiles } from '#modules/profiles/contract.ts'
import { attributeTitle } from '#modules/profiles/web/attribute-words.ts'
import {
  type PropertyChoice,
  type RuleCatalogue,
  RuleCatalogueContext,
} from '#modules/rules/web/rule-catalogue.ts'
import { routes as segments } from '#modules/segments/contract.ts'
import { routes as tags } from '#modules/tags/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { useCan } from '#web/session.ts'
import { useEventTitles } from '#web/use-event-titles.ts'
import { useRoute } from '#web/use-route.ts'

/** Catalogues change slowly; a picker must open at once. */
const keepFor = 60_000

/** Feeds the pickers of the rule editor from the modules above it. */
export function RuleCatalogueProvider({ children }: { children: ReactNode }) {
  const can = useCan()
  const options = (enabled: boolean) => ({ staleTime: keepFor, enabled })
  const attributes = useRoute(profiles.attributes, {}, options(can('people:read')))
  const events = useRoute(collect.names, {}, options(can('event:read')))
  const tagList = useRoute(tags.list, {}, options(can('people:read')))
  const segmentList = useRoute(
    segments.list,
    { query: { limit: 1000, sort: 'name' } },
    options(can('segment:read')),
  )
  const companyList = useRoute(companies.attributes, {}, options(can('company:read')))
  const seesMembers = options(can('member:read'))
  const members = useRoute(access.listMembers, { query: { limit: 1000 } }, seesMembers)
  const departmentList = useRoute(access.listDepartments, {}, seesMembers)
  const { language } = useDisplay()
  const titles = useEventTitles()
  const mayUnmask = can('people:unmask')
  const loading = attributes.isLoading || events.isLoading || tagList.isLoading || segmentList.isLoading
  const catalogue = useMemo<RuleCatalogue>(
    () => ({
      attributes: (attributes.data?.items ?? [])
        .filter((one) => !one.archived)
        .map((one) => ({
          ...{ name: one.name, type: one.type, people: one.people, examples: one.examples },
          ...{ description: one.description, group: one.group },
          label: attributeTitle(one.name, one.labels[language] || one.label),
          alias: [one.labels.zh, one.labels.en].join(' '),
          options: one.options.map((option) => ({
            value: option.value,
            label: option[language] || option.zh || option.en || option.value,
          })),
          wholeOnly: one.personal && !mayUnmask,
        })),
      events: (events.data?.items ?? []).map(({ name, count }) => ({
        ...{ name, count },
        ...{ label: titles.event(name), alias: titles.eventAlias(name) },
      })),
      owners: (members.data?.items ?? []).filter((one) => one.status === 'active'),
      ownerName: (id) => members.data?.items.find((one) => one.id === id)?.name,
      departments: departmentList.data?.items ?? [],
      titles,
      tags: tagList.data?.items ?? [],
      segments: segmentList.data?.items ?? [],
      lists: (segmentList.data?.items ?? []).filter((one) => one.kind === 'list'),
      companyAttributes: (companyList.data?.items ?? []).map(({ name, type }) => ({
        path: name,
        label: companyAttributeTitle(name),
        type,
        examples: [],
      })),
      useProperties,
      loading,
    }),
    [
      companyList.data,
      members.data,
      departmentList.data,
      attributes.data,
      events.data,
      tagList.data,
      segmentList.data,
      loading,
      language,
      titles,
      mayUnmask,
    ],
  )
  return <RuleCatalogueContext value={catalogue}>{children}</RuleCatalogueContext>
}

const none: PropertyChoice[] = []

function useProperties(event: string): PropertyChoice[] {
  const can = useCan()
  const { data } = useRoute(
    collect.properties,
    { query: { event } },
    { enabled: event !== '' && can('event:read'), staleTime: keepFor },
  )
  const titles = useEventTitles()
  return useMemo(
    () =>
      data?.items.map((one) => ({
        ...one,
        label: titles.property(event, one.path),
        alias: titles.propertyAlias(event, one.path),
      })) ?? none,
    [data, event, titles],
  )
}
