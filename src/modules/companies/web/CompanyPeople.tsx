import { CloseOutlined, UserAddOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { Avatar } from '#ui/Avatar.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, usePages, useRoute } from '#web/use-route.ts'
import { type Company, type CompanyPerson, routes } from '../contract.ts'
import { AddPersonDialog } from './AddPersonDialog.tsx'
import { companyWords } from './company-words.ts'

const changed = [routes.people, routes.get, routes.activity, routes.suggestions, routes.ofProfile]

/** Who belongs to the company, and who might. */
export function CompanyPeople({ company }: { company: Company }) {
  const t = useWords(companyWords)
  const can = useCan()
  const [adding, setAdding] = useState(false)
  const people = usePages(routes.people, { params: { id: company.id }, query: { limit: 20 } })
  return (
    <section className="hw-panel" aria-label={t('members')}>
      <div className="hw-panel-head">
        <h2>{t('members')}</h2>
        {can('company:write') && (
          <Button
            type="text"
            size="small"
            icon={<UserAddOutlined aria-hidden="true" />}
            onClick={() => setAdding(true)}
          >
            {t('addPerson')}
          </Button>
        )}
      </div>
      {people.error !== null && <ErrorState error={people.error} retry={people.retry} compact />}
      {people.loading && (
        <div className="hw-panel-body">
          <Skeleton active title={false} paragraph={{ rows: 3 }} />
        </div>
      )}
      {!people.loading && people.error === null && people.rows.length === 0 && (
        <div className="hw-panel-body">
          <p className="hw-fine">{t('peopleEmpty')}</p>
        </div>
      )}
      <ul className="company-list">
        {people.rows.map((person) => (
          <PersonRow key={person.id} company={company} person={person} />
        ))}
      </ul>
      {people.hasMore && (
        <div className="company-list-end">
          <Button type="link" size="small" loading={people.loadingMore} onClick={people.loadMore}>
            {t('more')}
          </Button>
        </div>
      )}
      {can('company:write') && company.domain && <Suggestions company={company} domain={company.domain} />}
      <AddPersonDialog company={company} open={adding} onClose={() => setAdding(false)} refresh={changed} />
    </section>
  )
}

function PersonRow({ company, person }: { company: Company; person: CompanyPerson }) {
  const t = useWords(companyWords)
  const can = useCan()
  const toast = useToast()
  const remove = useChange(routes.removePerson, changed)
  const restore = useChange(routes.restorePerson, changed)
  const name = person.name ?? t('anonymous')
  const params = { id: company.id, person: person.id }
  const takeOut = async () => {
    try {
      await remove.mutateAsync({ params })
      toast.undo(t('takenOut', { name }), () => restore.mutateAsync({ params }))
    } catch (error) {
      toast.failed(error)
    }
  }
  return (
    <li>
      <Avatar id={person.id} name={person.name} size={26} />
      <span className="company-list-main">
        <Link to="/people/$id" params={{ id: person.id }} className="company-name hw-clip">
          {name}
        </Link>
        {person.title && <span className="hw-fine hw-clip">{person.title}</span>}
      </span>
      <span className="hw-fine">
        {t('since')} <TimeText value={person.since} as="day" />
      </span>
      {can('company:write') && (
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined aria-hidden="true" />}
          aria-label={`${t('takeOut')} ${name}`}
          title={t('takeOut')}
          loading={remove.isPending}
          onClick={() => void takeOut()}
        />
      )}
    </li>
  )
}

function Suggestions({ company, domain }: { company: Company; domain: string }) {
  const t = useWords(companyWords)
  const toast = useToast()
  const add = useChange(routes.addPerson, changed)
  const { data } = useRoute(routes.suggestions, { params: { id: company.id } })
  if (!data || data.items.length === 0) return null
  const take = async (person: string) => {
    try {
      await add.mutateAsync({ params: { id: company.id }, body: { person } })
      toast.done(t('added'))
    } catch (error) {
      toast.failed(error)
    }
  }
  return (
    <>
      <div className="company-list-end">
        <strong>{t('suggested')}</strong>
        <p className="hw-fine">{t('suggestedText', { domain })}</p>
      </div>
      <ul className="company-list">
        {data.items.map(({ id, name, email }) => (
          <li key={id}>
            <Avatar id={id} name={name} size={26} />
            <span className="company-list-main">
              <Link to="/people/$id" params={{ id }} className="company-name hw-clip">
                {name ?? t('anonymous')}
              </Link>
              <span className="hw-fine hw-clip">{email}</span>
            </span>
            <Button size="small" disabled={add.isPending} onClick={() => void take(id)}>
              {t('add')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}
