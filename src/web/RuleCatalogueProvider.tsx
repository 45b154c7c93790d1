import { type ReactNode, useMemo } from 'react'
import { routes as access } from '#modules/access/contract.ts'
import { routes as analytics } from '#modules/analytics/contract.ts'
import { routes as collect } from '#modules/collect/contract.ts'
import { routes as companies } from '#modules/companies/contract.ts'
import { companyAttributeTitle } from '#modules/companies/web/attribute-title.ts'
import { routes as consents } from '#modules/consents/contract.ts'
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
  const seesEvents = can('event:read')
  const seen = useRoute(collect.names, {}, options(seesEvents))
  const named = useRoute(analytics.events, {}, options(!seesEvents && can('analytics:read')))
  const events: { name: string; count?: number }[] = seen.data?.items ?? named.data?.items ?? noEvents
  const tagList = useRoute(tags.list, {}, options(can('people:read')))
  const segmentList = useRoute(
    segments.list,
    { query: { limit: 1000, sort: 'name' } },
    options(can('segment:read')),
  )
  const companyList = useRoute(companies.attributes, {}, options(can('company:read')))
  const topicList = useRoute(consents.listTopics, {}, options(can('consent:read')))
  const seesMembers = options(can('member:read'))
  const members = useRoute(access.listMembers, { query: { limit: 1000 } }, seesMembers)
  const departmentList = useRoute(access.listDepartments, {}, seesMembers)
  const { language } = useDisplay()
  const titles = useEventTitles()
  const mayUnmask = can('people:unmask')
  const loading =
    attributes.isLoading || seen.isLoading || named.isLoading || tagList.isLoading || segmentList.isLoading
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
      events: events.map(({ name, count }) => ({
        name,
        ...(count === undefined ? {} : { count }),
        ...{ label: titles.event(name), alias: titles.eventAlias(name) },
      })),
      owners: (members.data?.items ?? []).filter((one) => one.status === 'active'),
      ownerName: (id) => members.data?.items.find((one) => one.id === id)?.name,
      departments: departmentList.data?.items ?? [],
      topics: (topicList.data?.items ?? []).map(({ key, name }) => ({ key, name: name[language] })),
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
      topicList.data,
      attributes.data,
      events,
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
const noEvents: { name: string }[] = []

function useProperties(event: string): PropertyChoice[] {
  const can = useCan()
  const seesEvents = can('event:read')
  const properties = seesEvents ? collect.properties : analytics.properties
  const { data } = useRoute(
    properties,
    { query: { event } },
    { enabled: event !== '' && (seesEvents || can('analytics:read')), staleTime: keepFor },
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
