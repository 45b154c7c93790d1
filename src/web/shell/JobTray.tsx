import { SyncOutlined } from '@ant-design/icons'
import { Badge, Button, Drawer, Popover } from 'antd'
import { useState } from 'react'
import { pathOf } from '#platform/http/define-routes.ts'
import { routes } from '#platform/jobs/job-contract.ts'
import { useIsCalm, useIsNarrow } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import type { Answer } from '#web/api-client.ts'
import { queryClient } from '#web/query-client.ts'
import { JobList } from '#web/shell/JobList.tsx'
import { jobWords } from '#web/shell/job-words.ts'
import { useRoute } from '#web/use-route.ts'

const input = { query: { limit: 20 } }
const isOpen = ({ state }: { state: string }) => state === 'waiting' || state === 'running'
const countOpen = (page: Answer<typeof routes.list> | undefined) => page?.items.filter(isOpen).length ?? 0

/** What runs in the background and how it ended; asks often only while something runs. */
export function JobTray() {
  const t = useWords(jobWords)
  const calm = useIsCalm()
  const narrow = useIsNarrow()
  const [open, setOpen] = useState(false)
  const known = queryClient.getQueryData<Answer<typeof routes.list>>([pathOf(routes.list), input])
  const jobs = useRoute(routes.list, input, { every: open || countOpen(known) > 0 ? 2_000 : 15_000 })
  const count = countOpen(jobs.data)
  const list = <JobList jobs={jobs.data?.items} error={jobs.error} retry={() => void jobs.refetch()} />
  const button = (
    <Badge count={count} size="small" color="var(--river)" offset={[-6, 6]}>
      <Button
        type="text"
        icon={<SyncOutlined spin={count > 0 && !calm} aria-hidden="true" />}
        aria-label={t('open', { count })}
        aria-expanded={open}
        {...(narrow ? { onClick: () => setOpen(true) } : {})}
      />
    </Badge>
  )
  if (narrow)
    return (
      <>
        {button}
        <Drawer
          open={open}
          onClose={() => setOpen(false)}
          placement="bottom"
          title={t('title')}
          destroyOnHidden
        >
          {list}
        </Drawer>
      </>
    )
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      title={t('title')}
      content={list}
      destroyOnHidden
    >
      {button}
    </Popover>
  )
}
