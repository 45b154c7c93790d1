import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { routes as segments } from '#modules/segments/contract.ts'
import { type Job, routes as jobs } from '#platform/jobs/job-contract.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import type { MadeSegments } from '../../contract/making.ts'
import { routes } from '../../contract.ts'

type Asked = z.input<(typeof routes.makeSegments)['body']>
export type Making = {
  made: MadeSegments | undefined
  job: Job | undefined
  /** Not over yet. */
  working: boolean
  start(body: Asked): Promise<void>
  stop(): void
  takeBack(): Promise<void>
}

const lookAgainMs = 700
const isOver = (job: Job | undefined) =>
  job !== undefined && job.state !== 'waiting' && job.state !== 'running'

/** Segments out of numbers, made by a job on the server: it goes on when the page is closed. */
export function useMaking(): Making {
  const [made, setMade] = useState<MadeSegments>()
  const [over, setOver] = useState(false)
  const make = useChange(routes.makeSegments, [segments.list, jobs.list])
  const undo = useChange(routes.undoSegments, [segments.list, segments.get])
  const cancel = useChange(jobs.cancel, [jobs.get, jobs.list])
  const job = useRoute(
    jobs.get,
    { params: { id: made?.jobId ?? '' } },
    { enabled: made !== undefined, every: over ? false : lookAgainMs },
  ).data
  const now = job?.id === made?.jobId ? job : undefined
  useEffect(() => setOver(isOver(now)), [now])
  return {
    made,
    job: now,
    working: made !== undefined && !isOver(now),
    start: async (body) => {
      const answer = await make.mutateAsync({ body })
      setOver(false)
      setMade(answer)
    },
    stop: () => {
      if (made) cancel.mutate({ params: { id: made.jobId } })
    },
    takeBack: async () => {
      if (!made) return
      await undo.mutateAsync({ params: { id: made.id } })
      setMade(undefined)
    },
  }
}
