import { useMemo } from 'react'
import type { ColumnChoice } from '#ui/ColumnChooser.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { Column } from '#ui/QueryTable.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useRoute } from '#web/use-route.ts'
import type { Attribute } from '../../attribute-shapes.ts'
import { type Profile, routes } from '../../contract.ts'
import { attributeOf, contactIdentifierOf, valueText } from '../attribute-value.ts'
import { attributeTitle } from '../attribute-words.ts'
import { OptionDot } from '../attributes/OptionDot.tsx'
import { peopleWords } from '../people-words.ts'
import { kindText } from '../person/identifier-text.ts'
import { PersonName } from '../reveal/PersonName.tsx'
import { RevealEye } from '../reveal/RevealEye.tsx'
import { useRevealed } from '../reveal/reveal-store.ts'

export const defaultColumns = ['contact', 'tags', 'owner', 'attr:city', 'lastSeen', 'firstSeen']
const attributePrefix = 'attr:'

/** Built-in columns and one per attribute of the catalogue; the name always stands first. */
export function usePeopleColumns(chosen: string[]): { columns: Column<Profile>[]; choices: ColumnChoice[] } {
  const t = useWords(peopleWords)
  const { language } = useDisplay()
  const { data } = useRoute(routes.attributes, {}, { staleTime: 60_000 })
  return useMemo(() => {
    const attributes = data?.items ?? []
    const choices: ColumnChoice[] = [
      ...(['contact', 'tags', 'owner', 'lastSeen', 'firstSeen', 'identifiers'] as const).map((id) => ({
        id,
        title: t(id),
      })),
      ...attributes
        .filter((one) => !one.archived || chosen.includes(attributePrefix + one.name))
        .map((attribute) => ({
          id: attributePrefix + attribute.name,
          title: attributeTitle(attribute.name, attribute.label),
          hint: t('columnPeople', { count: shortNumber(attribute.people, language) }),
          alias: `${attribute.labels.zh} ${attribute.labels.en}`,
          ...(attribute.description ? { description: attribute.description } : {}),
          ...(attribute.group ? { group: attribute.group } : {}),
        })),
    ]
    const titleOf = (id: string) =>
      choices.find((choice) => choice.id === id)?.title ?? attributeTitle(id.replace(attributePrefix, ''))
    const typeOf = (id: string) => attributes.find((one) => attributePrefix + one.name === id)?.type
    // An address may name a column twice.
    const columns = [...new Set(['name', ...chosen])].map((id) =>
      columnOf(id, titleOf(id), t('name'), typeOf(id)),
    )
    return { columns, choices }
  }, [data, chosen, t, language])
}

function columnOf(id: string, title: string, nameTitle: string, type: string | undefined): Column<Profile> {
  switch (id) {
    case 'name':
      return {
        id,
        title: nameTitle,
        sort: { ascending: 'name', descending: '-name' },
        cell: (person) => <PersonCell person={person} />,
      }
    case 'contact':
      return {
        id,
        title,
        width: 180,
        cell: (person) => <ContactCell person={person} />,
      }
    case 'tags':
      return { id, title, width: 220, cell: (person) => <TagList tags={person.tags} /> }
    case 'owner':
      return {
        id,
        title,
        width: 120,
        cell: (person) => person.owner?.name ?? <span className="hw-muted">–</span>,
      }
    case 'lastSeen':
      return {
        id,
        title,
        width: 120,
        sort: { ascending: 'lastSeen', descending: '-lastSeen' },
        cell: (person) => <TimeText value={person.lastSeen} />,
      }
    case 'firstSeen':
      return {
        id,
        title,
        width: 120,
        sort: { ascending: 'firstSeen', descending: '-firstSeen' },
        cell: (person) => <TimeText value={person.firstSeen} />,
      }
    case 'identifiers':
      return {
        id,
        title,
        width: 90,
        align: 'right',
        cell: (person) => <span className="hw-number">{person.identifiers.length}</span>,
      }
    default: {
      const name = id.replace(attributePrefix, '')
      return {
        id,
        title,
        width: type === 'date' ? 170 : 140,
        ...(type === 'number' ? { align: 'right' as const } : {}),
        cell: (person) => <AttributeCell person={person} name={name} title={title} />,
      }
    }
  }
}

/** A contact, with an eye where it is masked. */
export function ContactCell({ person }: { person: Profile }) {
  const shown = useRevealed(person)
  const contact = contactIdentifierOf(shown)
  if (!contact) return null
  return (
    <span className="hw-number people-masked">
      <span className="hw-clip">{contact.value}</span>
      <RevealEye person={shown} field={contact.kind} what={kindText(contact.kind)} />
    </span>
  )
}

function AttributeCell({ person, name, title }: { person: Profile; name: string; title: string }) {
  const shown = useRevealed(person)
  const [field = name] = name in shown.attributes ? [name] : name.split('.')
  return (
    <span className="people-masked">
      <AttributeText name={name} value={attributeOf(shown, name)} />
      <RevealEye person={shown} field={field} what={title} />
    </span>
  )
}

export function PersonCell({ person }: { person: Profile }) {
  return (
    <span className="people-name">
      <PersonName person={person} size={26} className="people-link" />
    </span>
  )
}

/** Sources send moments as ISO 8601 text with a zone; a date without one is not a moment. */
const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:?\d\d)$/

export function AttributeText({ value, name }: { value: unknown; name?: string }) {
  const t = useWords(peopleWords)
  const options = useOptions(name)
  const { language } = useDisplay()
  if (value === undefined || value === null || value === '') return <span className="hw-muted">–</span>
  if (options.size > 0 && isOption(value)) return <OptionPills values={[value].flat()} options={options} />
  if (typeof value === 'number') return <span className="hw-number">{exactNumber(value, language)}</span>
  if (typeof value === 'string' && isMoment.test(value) && !Number.isNaN(Date.parse(value)))
    return <TimeText value={value} as="minute" />
  const text = valueText(value, { yes: t('yes'), no: t('no'), separator: t('listSep') })
  return <span title={text}>{text}</span>
}

type Option = Attribute['options'][number]
const isOption = (value: unknown): value is string | string[] =>
  typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'))

/** Options of the enum of this name, by value. */
function useOptions(name: string | undefined): ReadonlyMap<string, Option> {
  const { data } = useRoute(routes.attributes, {}, { staleTime: 60_000, enabled: name !== undefined })
  return useMemo(
    () => new Map(data?.items.find((one) => one.name === name)?.options.map((one) => [one.value, one]) ?? []),
    [data, name],
  )
}

/** Values of an enum by their labels; one that is no option as it was sent. */
function OptionPills({ values, options }: { values: string[]; options: ReadonlyMap<string, Option> }) {
  const { language } = useDisplay()
  return (
    <span className="people-tags">
      {values.map((value) => {
        const option = options.get(value)
        const label = (option && (option[language] || option.zh || option.en)) || value
        return (
          <span key={value} className="hw-pill attr-option" title={value}>
            {option?.color && <OptionDot color={option.color} />}
            {label}
          </span>
        )
      })}
    </span>
  )
}

const tagsShown = 2

export function TagList({ tags }: { tags: string[] }) {
  const t = useWords(peopleWords)
  if (tags.length === 0) return <span className="hw-muted">–</span>
  return (
    <span className="people-tags" title={tags.join(t('listSep'))}>
      {tags.slice(0, tagsShown).map((tag) => (
        <span key={tag} className="hw-pill hw-pill-spring">
          {tag}
        </span>
      ))}
      {tags.length > tagsShown && <span className="hw-fine">+{tags.length - tagsShown}</span>}
    </span>
  )
}
