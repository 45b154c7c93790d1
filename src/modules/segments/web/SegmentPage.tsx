import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { useMemo } from 'react'
import type { Rule } from '#modules/rules/contract.ts'
import { routes as jobs } from '#platform/jobs/job-contract.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { queryClient } from '#web/query-client.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import { routes, type Segment } from '../contract.ts'
import { ListSegment } from './lists/ListSegment.tsx'
import { segmentRoute } from './pages.tsx'
import { SegmentEditor } from './SegmentEditor.tsx'
import { segmentWords } from './segment-words.ts'
import { useRemoveSegment } from './use-remove-segment.ts'

/** While a first count runs the page waits for it; later the size only has to stay honest. */
const everyMs = (segment: Segment | undefined) => (segment?.state === 'building' ? 1_500 : 10_000)

export function SegmentPage() {
  const t = useWords(segmentWords)
  const { id } = segmentRoute.useParams()
  const known = queryClient.getQueryData<Segment>(['/api/segments/:id', { params: { id } }])
  const query = useRoute(routes.get, { params: { id } }, { every: everyMs(known) })
  if (query.error && !query.data)
    return (
      <div className="hw-page">
        <Link to="/segments">{t('back')}</Link>
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      </div>
    )
  if (!query.data) {
    return (
      <div className="hw-page">
        <Skeleton active paragraph={{ rows: 8 }} />
      </div>
    )
  }
  return query.data.kind === 'list' ? (
    <ListSegment key={id} list={query.data} />
  ) : (
    <LoadedSegment key={id} segment={query.data} />
  )
}

function LoadedSegment({ segment }: { segment: Segment }) {
  const t = useWords(segmentWords)
  const toast = useToast()
  const search = segmentRoute.useSearch()
  const { name, description, rule } = segment
  const ruleText = JSON.stringify(rule)
  const start = useMemo(
    () => ({ name, description, rule: JSON.parse(ruleText) as Rule }),
    [name, description, ruleText],
  )
  const navigate = segmentRoute.useNavigate()
  const params = { id: segment.id }
  const update = useChange(routes.update, [
    routes.list,
    routes.get,
    routes.history,
    routes.versions,
    routes.regions,
    jobs.list,
  ])
  const removeNow = useRemoveSegment(segment)
  return (
    <SegmentEditor
      segment={segment}
      start={start}
      search={search}
      onSearch={(change) => void navigate({ search: (old) => ({ ...old, ...change }), replace: true })}
      saving={update.isPending}
      onSave={async (draft) => {
        const saved = await update.mutateAsync({ params, body: { ...draft, basedOn: segment.version } })
        toast.done(t('saved', { name: saved.name }))
        return () =>
          void navigate({
            search: (old) => ({ ...old, rule: undefined }),
            replace: true,
            ignoreBlocker: true,
          })
      }}
      onRemove={removeNow}
    />
  )
}
