import { PlusOutlined } from '@ant-design/icons'
import { Button, Segmented, Skeleton } from 'antd'
import { type ReactNode, useState } from 'react'
import { SavedViews } from '#modules/views/web/SavedViews.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { SearchBox } from '#ui/SearchBox.tsx'
import { Stamp } from '#ui/Stamp.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, usePages } from '#web/use-route.ts'
import { type Household, type HouseholdSuggestion, householdRoutes as routes } from '../household-contract.ts'
import { HouseholdDialog, type HouseholdDraft } from './HouseholdDialog.tsx'
import { HouseholdPeople } from './HouseholdPeople.tsx'
import { HouseholdPicture } from './HouseholdPicture.tsx'
import { householdName } from './household-name.ts'
import { householdWords } from './household-words.ts'
import { householdsRoute } from './pages.tsx'
import './companies.css'

export const changedHouseholds = [routes.households, routes.householdSuggestions, routes.householdsOfProfile]

export function HouseholdsPage() {
  const t = useWords(householdWords)
  const can = useCan()
  const search = householdsRoute.useSearch()
  const navigate = householdsRoute.useNavigate()
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const [draft, setDraft] = useState<HouseholdDraft>()
  const tab = search.tab ?? 'confirmed'
  const add = can('people:write') && (
    <Button
      type="primary"
      icon={<PlusOutlined aria-hidden="true" />}
      onClick={() => setDraft({ kind: 'new' })}
    >
      {t('newHousehold')}
    </Button>
  )
  return (
    <div className="hw-page">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          <>
            <SavedViews list="households" keys={viewKeys} search={search} onChange={set} />
            {add}
          </>
        }
      />
      <div className="hw-bar">
        <Segmented
          aria-label={t('title')}
          value={tab}
          options={(['confirmed', 'suggested'] as const).map((value) => ({ value, label: t(value) }))}
          onChange={(value) => set({ tab: value === 'suggested' ? 'suggested' : undefined })}
        />
        {tab === 'confirmed' && (
          <SearchBox value={search.q} label={t('search')} onSearch={(q) => set({ q: q || undefined })} />
        )}
      </div>
      {tab === 'confirmed' ? (
        <Confirmed q={search.q} onEdit={setDraft} onClear={() => set({ q: undefined })} action={add} />
      ) : (
        <Suggested onConfirm={setDraft} />
      )}
      <HouseholdDialog draft={draft} onClose={() => setDraft(undefined)} />
    </div>
  )
}

/** What a view of this list holds. */
const viewKeys = ['q', 'tab'] as const

type ConfirmedProps = {
  q: string | undefined
  onEdit: (draft: HouseholdDraft) => void
  onClear: () => void
  action: ReactNode
}

function Confirmed({ q, onEdit, onClear, action }: ConfirmedProps) {
  const t = useWords(householdWords)
  const source = usePages(routes.households, { query: { search: q, limit: 30 } }, { keep: true })
  if (source.error !== null && source.rows.length === 0)
    return <ErrorState error={source.error} retry={source.retry} />
  if (source.loading) return <Skeleton active paragraph={{ rows: 6 }} />
  if (source.rows.length === 0)
    return q ? (
      <EmptyState
        title={t('noMatchTitle')}
        text={t('noMatchText')}
        action={<Button onClick={onClear}>{t('clear')}</Button>}
      />
    ) : (
      <EmptyState
        title={t('emptyTitle')}
        text={t('emptyText')}
        picture={<HouseholdPicture />}
        action={action}
      />
    )
  return (
    <>
      <div className="household-cards">
        {source.rows.map((household) => (
          <Card key={household.id} household={household} onEdit={onEdit} />
        ))}
      </div>
      {source.hasMore && (
        <Button loading={source.loadingMore} onClick={source.loadMore}>
          {t('more')}
        </Button>
      )}
      <Stamp updatedAt={source.updatedAt || undefined} exact />
    </>
  )
}

function Card({ household, onEdit }: { household: Household; onEdit: (draft: HouseholdDraft) => void }) {
  const t = useWords(householdWords)
  const can = useCan()
  const toast = useToast()
  const remove = useChange(routes.removeHousehold, changedHouseholds)
  const restore = useChange(routes.restoreHousehold, changedHouseholds)
  const name = householdName(household, t)
  const params = { id: household.id }
  const dissolve = async () => {
    try {
      await remove.mutateAsync({ params })
      toast.undo(t('dissolved', { name }), () => restore.mutateAsync({ params }))
    } catch (error) {
      toast.failed(error)
    }
  }
  return (
    <section className="hw-panel" aria-label={name}>
      <div className="hw-panel-head">
        <h2 className="hw-clip">{name}</h2>
        {can('people:write') && (
          <Button type="text" size="small" onClick={() => onEdit({ kind: 'edit', household })}>
            {t('edit')}
          </Button>
        )}
      </div>
      <HouseholdPeople people={household.people} />
      <div className="company-list-end hw-bar">
        <span className="hw-fine hw-clip hw-bar-grow">
          {household.contact && t('sharing', { contact: household.contact.value })}
        </span>
        {can('people:write') && (
          <Button type="text" size="small" loading={remove.isPending} onClick={() => void dissolve()}>
            {t('dissolve')}
          </Button>
        )}
      </div>
    </section>
  )
}

function Suggested({ onConfirm }: { onConfirm: (draft: HouseholdDraft) => void }) {
  const t = useWords(householdWords)
  const source = usePages(routes.householdSuggestions, { query: { limit: 20 } }, { keep: true })
  if (source.error !== null && source.rows.length === 0)
    return <ErrorState error={source.error} retry={source.retry} />
  if (source.loading) return <Skeleton active paragraph={{ rows: 6 }} />
  if (source.rows.length === 0 && !source.hasMore)
    return (
      <EmptyState
        title={t('emptySuggestedTitle')}
        text={t('emptySuggestedText')}
        picture={<HouseholdPicture />}
      />
    )
  return (
    <>
      <div className="household-cards">
        {source.rows.map((suggestion) => (
          <Suggestion key={suggestion.id} suggestion={suggestion} onConfirm={onConfirm} />
        ))}
      </div>
      {source.hasMore && (
        <Button loading={source.loadingMore} onClick={source.loadMore}>
          {t('more')}
        </Button>
      )}
    </>
  )
}

type SuggestionProps = { suggestion: HouseholdSuggestion; onConfirm: (draft: HouseholdDraft) => void }

function Suggestion({ suggestion, onConfirm }: SuggestionProps) {
  const t = useWords(householdWords)
  const can = useCan()
  const toast = useToast()
  const dismiss = useChange(routes.dismissSuggestion, [routes.householdSuggestions])
  const no = async () => {
    try {
      await dismiss.mutateAsync({ params: { id: suggestion.id } })
      toast.done(t('dismissed'))
    } catch (error) {
      toast.failed(error)
    }
  }
  return (
    <section className="hw-panel" aria-label={suggestion.contact.value}>
      <div className="hw-panel-head">
        <h2 className="hw-clip">{t('sharing', { contact: suggestion.contact.value })}</h2>
      </div>
      <HouseholdPeople people={suggestion.people} />
      {can('people:write') && (
        <div className="company-list-end hw-bar">
          <Button type="text" size="small" loading={dismiss.isPending} onClick={() => void no()}>
            {t('notFamily')}
          </Button>
          <span className="hw-bar-grow" />
          <Button size="small" type="primary" onClick={() => onConfirm({ kind: 'confirm', suggestion })}>
            {t('confirm')}
          </Button>
        </div>
      )}
    </section>
  )
}
