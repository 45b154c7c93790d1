import { Button, Progress, Skeleton } from 'antd'
import { type Job, routes } from '#platform/jobs/job-contract.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { findWord, useWords, type Words } from '#ui/i18n.ts'
import { Problem, problemText } from '#ui/problem.ts'
import { problemWords } from '#ui/problem-words.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { jobWords } from '#web/shell/job-words.ts'
import { useChange } from '#web/use-route.ts'

type Props = { jobs: Job[] | undefined; error: unknown; retry: () => void }

export function JobList({ jobs, error, retry }: Props) {
  const t = useWords(jobWords)
  if (!jobs && error) return <ErrorState error={error} retry={retry} compact />
  if (!jobs) return <Skeleton active className="hw-jobs" paragraph={{ rows: 3 }} title={false} />
  if (jobs.length === 0)
    return (
      <div className="hw-jobs">
        <strong>{t('none')}</strong>
        <p className="hw-muted">{t('noneText')}</p>
      </div>
    )
  return (
    <ul className="hw-jobs">
      {jobs.map((job) => (
        <JobRow key={job.id} job={job} />
      ))}
    </ul>
  )
}

const kindText = (kind: string): string | undefined => findWord(jobWords as Words, kind)

function JobRow({ job }: { job: Job }) {
  const t = useWords(jobWords)
  const kind = kindText(job.kind) ?? t('unknown')
  const isOpen = job.state === 'waiting' || job.state === 'running'
  return (
    <li>
      <div className="hw-job-top">
        <span className="hw-clip">{job.title ?? kind}</span>
        {isOpen && <CancelButton job={job} title={job.title ?? kind} />}
      </div>
      {job.state === 'running' && (
        <Progress percent={Math.round(job.progress * 100)} size="small" aria-label={job.title ?? kind} />
      )}
      <div className="hw-fine">
        {job.title && <>{kind} · </>}
        {job.mine && <>{t('mine')} · </>}
        <span className={`hw-job-${job.state}`}>
          {job.cancelRequested && isOpen ? t('stopping') : t(job.state)}
        </span>
        {' · '}
        <TimeText value={job.finishedAt ?? job.startedAt ?? job.createdAt} />
        {isOpen && job.note && <> · {job.note}</>}
      </div>
      {job.state === 'failed' && job.error && <JobFault error={job.error} />}
    </li>
  )
}

function JobFault({ error }: { error: NonNullable<Job['error']> }) {
  const problem = useWords(problemWords)
  const fault = new Problem(500, error.code, error.message ?? error.code)
  return (
    <div className="hw-fine hw-job-failed">
      {problemText(fault, problem)} <code>{error.code}</code>
    </div>
  )
}

/** One's own always, others' with the permission. */
function CancelButton({ job, title }: { job: Job; title: string }) {
  const t = useWords(jobWords)
  const toast = useToast()
  const can = useCan()
  const cancel = useChange(routes.cancel, [routes.list])
  if (!job.mine && !can('job:write')) return null
  return (
    <Button
      size="small"
      aria-label={t('cancelLabel', { title })}
      disabled={job.cancelRequested}
      loading={cancel.isPending}
      onClick={() => cancel.mutate({ params: { id: job.id } }, { onError: toast.failed })}
    >
      {t('cancel')}
    </Button>
  )
}
