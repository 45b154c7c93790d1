import { routes as profiles } from '#modules/profiles/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { useRoute } from '#web/use-route.ts'
import { contentWords } from '../content-words.ts'

export type Value = { label: string; liquid: string }

/** What can be put into a text: what is always there, then the attributes of the workspace. */
export function useValues(): Value[] {
  const t = useWords(contentWords)
  const attributes = useRoute(profiles.attributes, {}, { staleTime: 300_000 }).data?.items ?? []
  const person = t('fallbackPerson')
  return [
    { label: t('value_first_name'), liquid: `{{ person.first_name | default: '${person}' }}` },
    { label: t('value_name'), liquid: `{{ person.name | default: '${person}' }}` },
    { label: t('value_workspace'), liquid: '{{ workspace.name }}' },
    { label: t('value_event'), liquid: "{{ event.properties.name | default: '' }}" },
    { label: t('value_coupon'), liquid: '{{ coupon.code }}' },
    { label: t('value_unsubscribe'), liquid: '{{ links.unsubscribe }}' },
    { label: t('value_preferences'), liquid: '{{ links.preferences }}' },
    ...attributes
      .filter(({ name }) => /^[a-zA-Z_][\w.]*$/.test(name))
      .map(({ name }) => ({ label: name, liquid: `{{ person.${name} | default: '' }}` })),
  ]
}
