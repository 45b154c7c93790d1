import { useState } from 'react'
import { readRule } from '#modules/rules/web/read-rule.ts'
import { routes as jobs } from '#platform/jobs/job-contract.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useChange } from '#web/use-route.ts'
import { routes } from '../contract.ts'
import { newSegmentRoute } from './pages.tsx'
import { SegmentEditor } from './SegmentEditor.tsx'
import { segmentWords } from './segment-words.ts'

export function NewSegmentPage() {
  const t = useWords(segmentWords)
  const toast = useToast()
  const search = newSegmentRoute.useSearch()
  const navigate = newSegmentRoute.useNavigate()
  const create = useChange(routes.create, [routes.list, jobs.list])
  const [start] = useState(() => ({
    name: search.name ?? '',
    description: '',
    rule: readRule(search.rule) ?? { all: [] },
  }))
  return (
    <SegmentEditor
      start={start}
      search={search}
      onSearch={(change) => void navigate({ search: (old) => ({ ...old, ...change }), replace: true })}
      saving={create.isPending}
      onSave={async ({ name, description, rule }) => {
        const segment = await create.mutateAsync({ body: { name, description, rule } })
        toast.done(t('created', { name: segment.name }))
        return () => void navigate({ to: '/segments/$id', params: { id: segment.id }, ignoreBlocker: true })
      }}
    />
  )
}
