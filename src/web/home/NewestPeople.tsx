import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { routes } from '#modules/profiles/contract.ts'
import { Avatar } from '#ui/Avatar.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import type { Answer } from '#web/api-client.ts'
import { homeWords } from '#web/home/home-words.ts'
import { useMe } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'

type Person = Answer<typeof routes.list>['items'][number]

/** `owner`: only theirs. */
export function NewestPeople({ owner }: { owner?: string | undefined }) {
  const t = useWords(homeWords)
  const people = useRoute(
    routes.list,
    { query: { sort: owner ? '-lastSeen' : '-firstSeen', limit: 7, ...(owner ? { owner } : {}) } },
    { every: 5000, keep: true },
  )
  const { seesAll } = useMe()
  const items = people.data?.items
  const title = t(owner ? 'mine' : 'people')
  return (
    <section className="hw-panel" aria-label={title}>
      <div className="hw-panel-head">
        <h2>{title}</h2>
        <Link to="/people" search={owner ? { owner } : { sort: '-firstSeen' }}>
          {t(owner ? 'mineAll' : 'peopleAll')}
        </Link>
      </div>
      {people.error && !items && (
        <ErrorState error={people.error} retry={() => void people.refetch()} compact />
      )}
      {people.isPending && (
        <Skeleton active className="home-skeleton" paragraph={{ rows: 6 }} title={false} />
      )}
      {items?.length === 0 && (
        <p className="home-none">{seesAll && !owner ? t('peopleNone') : t('peopleNoneYours')}</p>
      )}
      <ul className="home-list">
        {items?.map((person) => (
          <PersonRow key={person.id} person={person} at={owner ? person.lastSeen : person.firstSeen} />
        ))}
      </ul>
    </section>
  )
}

/** `at`: what the list is in the order of. */
function PersonRow({ person, at }: { person: Person; at: string | null }) {
  const t = useWords(homeWords)
  return (
    <li>
      <Link to="/people/$id" params={{ id: person.id }} className="home-line">
        <Avatar id={person.id} name={person.name} size={26} />
        <span className="hw-clip home-line-name">{person.name ?? t('anonymous')}</span>
        <span className="hw-clip hw-fine home-line-hint">{hintOf(person)}</span>
        <span className="hw-fine">
          <TimeText value={at} />
        </span>
      </Link>
    </li>
  )
}

/** How else the person can be told: a contact or login; of a device the beginning, which is all anybody compares. */
function hintOf(person: Person): string | undefined {
  const others = person.identifiers.filter((one) => one.value !== person.name)
  const known = others.find((one) => one.kind !== 'anonymous_id')
  return known?.value ?? others[0]?.value.slice(0, 8)
}
