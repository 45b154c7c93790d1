import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import type { Profile } from '#modules/profiles/contract.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import { householdRoutes as routes } from '../household-contract.ts'
import { HouseholdDialog, type HouseholdDraft } from './HouseholdDialog.tsx'
import { HouseholdPeople } from './HouseholdPeople.tsx'
import { householdName } from './household-name.ts'
import { householdWords } from './household-words.ts'
import './companies.css'

/** Who is of the same household. */
export function PersonHouseholds({ person }: { person: Profile }) {
  const t = useWords(householdWords)
  const can = useCan()
  const [draft, setDraft] = useState<HouseholdDraft>()
  const query = useRoute(routes.householdsOfProfile, { params: { id: person.id } }, { every: 10_000 })
  const items = query.data?.items ?? []
  const start = (): HouseholdDraft => ({
    kind: 'new',
    people: [{ id: person.id, name: person.name, role: 'student', main: false, lastSeen: null }],
  })
  return (
    <section className="hw-panel" aria-label={t('panel')}>
      <div className="hw-panel-head">
        <h2>{t('panel')}</h2>
        {can('people:write') && query.data && items.length === 0 && (
          <Button type="text" size="small" onClick={() => setDraft(start())}>
            {t('newHousehold')}
          </Button>
        )}
      </div>
      {(query.error || query.isLoading || items.length === 0) && (
        <div className="hw-panel-body">
          {query.error && <ErrorState error={query.error} retry={() => void query.refetch()} compact />}
          {query.isLoading && <Skeleton active title={false} paragraph={{ rows: 1 }} />}
          {query.data?.items.length === 0 && <p className="hw-fine">{t('panelNone')}</p>}
        </div>
      )}
      {items.map((household) => {
        const mine = household.people.find((one) => one.id === person.id)
        return (
          <div key={household.id}>
            <div className="household-head hw-bar">
              <span className="hw-clip hw-bar-grow">{householdName(household, t)}</span>
              {mine?.main && <span className="hw-pill hw-pill-river">{t('main')}</span>}
              {mine && <span className="hw-pill">{t(`role.${mine.role}`)}</span>}
              {can('people:write') && (
                <Button type="text" size="small" onClick={() => setDraft({ kind: 'edit', household })}>
                  {t('edit')}
                </Button>
              )}
            </div>
            <HouseholdPeople people={household.people} except={person.id} />
          </div>
        )
      })}
      <HouseholdDialog draft={draft} onClose={() => setDraft(undefined)} />
    </section>
  )
}
