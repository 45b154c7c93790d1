import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type Plan, type PlanEvent, routes } from '#modules/plans/contract.ts'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { NumberText } from '#ui/NumberText.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { SearchBox } from '#ui/SearchBox.tsx'
import { useEventTitles } from '#web/use-event-titles.ts'
import { useRoute } from '#web/use-route.ts'
import { planRoute } from './pages.tsx'
import { planWords } from './plan-words.ts'

/** The events of the plan, with how often each was broken lately. */
export function PlanEvents({ plan, add }: { plan: Plan; add: ReactNode }) {
  const t = useWords(planWords)
  const { q = '', open } = planRoute.useSearch()
  const navigate = planRoute.useNavigate()
  const violations = useRoute(routes.violations, { query: { days: 7 } }, { staleTime: 30_000 })
  const broken = new Map<string, number>()
  for (const { event, count } of violations.data?.items ?? [])
    broken.set(event, (broken.get(event) ?? 0) + count)
  const titles = useEventTitles()
  const rows = plan.events.filter(({ name }) =>
    `${name} ${titles.eventAlias(name)}`.toLowerCase().includes(q.trim().toLowerCase()),
  )
  const columns = useColumns(broken)
  return (
    <>
      {plan.events.length > 0 && (
        <search className="hw-bar">
          <SearchBox
            value={q}
            label={t('search')}
            onSearch={(text) =>
              void navigate({ search: (now) => ({ ...now, q: text || undefined }), replace: true })
            }
          />
        </search>
      )}
      <QueryTable
        label={t('tabEvents')}
        source={{ ...settled, rows, error: null }}
        columns={columns}
        rowKey={(row) => row.name}
        openKey={open}
        onOpen={(row) => void navigate({ search: (now) => ({ ...now, open: row.name }) })}
        rowHeight={48}
        card={(row) => (
          <>
            <Link to="/plan" search={{ open: row.name }}>
              {titles.event(row.name)}
            </Link>
            <div className="hw-fine">
              {t('properties')} {row.properties.length} · {t('broken')} {broken.get(row.name) ?? 0}
            </div>
          </>
        )}
        empty={
          plan.events.length === 0 ? (
            <EmptyState title={t('emptyTitle')} text={t('emptyText')} action={add} />
          ) : (
            <EmptyState title={t('noneTitle')} text={t('noneText')} />
          )
        }
      />
    </>
  )
}

const nothing = () => undefined
const settled = { loading: false, hasMore: false, loadingMore: false, loadMore: nothing, retry: nothing }

function useColumns(broken: ReadonlyMap<string, number>): Column<PlanEvent>[] {
  const t = useWords(planWords)
  return [
    { id: 'name', title: t('name'), cell: (row) => <EventCell row={row} /> },
    {
      id: 'properties',
      title: t('properties'),
      width: 110,
      align: 'right',
      cell: (row) => t('propertyCount', { count: row.properties.length }),
    },
    {
      id: 'required',
      title: t('required'),
      width: 110,
      align: 'right',
      cell: (row) => row.properties.filter((property) => property.required).length,
    },
    {
      id: 'broken',
      title: t('broken'),
      width: 150,
      align: 'right',
      cell: (row) => {
        const count = broken.get(row.name) ?? 0
        return count === 0 ? (
          <span className="hw-muted">0</span>
        ) : (
          <span className="hw-pill hw-pill-warning">
            <NumberText value={count} />
          </span>
        )
      },
    },
  ]
}

function EventCell({ row }: { row: PlanEvent }) {
  const title = useEventTitles().event(row.name)
  return (
    <>
      <strong>{title}</strong> {title !== row.name && <code className="hw-fine">{row.name}</code>}
      <div className="hw-fine">{row.description}</div>
    </>
  )
}
