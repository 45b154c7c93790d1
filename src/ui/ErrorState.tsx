import { Button } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { isDenied, Problem, problemText } from '#ui/problem.ts'
import { problemWords } from '#ui/problem-words.ts'
import { uiWords } from '#ui/ui-words.ts'

/** What happened, what to do, the code, and another try. Shows the missing permission on 403. */
export function ErrorState({
  error,
  retry,
  compact = false,
}: {
  error: unknown
  retry?: () => void
  compact?: boolean
}) {
  const t = useWords(problemWords)
  const ui = useWords(uiWords)
  const denied = isDenied(error)
  const missing = error instanceof Problem && error.status === 404
  return (
    <div className={`hw-state${compact ? ' hw-state-compact' : ''}`} role="alert">
      {!compact && <StatePicture denied={denied} />}
      <h2>{denied ? t('deniedTitle') : missing ? t('missingTitle') : t('title')}</h2>
      <p>{problemText(error, t)}</p>
      {retry && !denied && !missing && <Button onClick={retry}>{ui('retry')}</Button>}
      {error instanceof Problem && (
        <p className="hw-fine">
          {ui('code')} <code>{error.code}</code>
          {error.requestId && (
            <>
              {' · '}
              {ui('request')} <code>{error.requestId}</code>
            </>
          )}
        </p>
      )}
    </div>
  )
}

function StatePicture({ denied }: { denied: boolean }) {
  return (
    <svg
      width="72"
      height="56"
      viewBox="0 0 72 56"
      fill="none"
      aria-hidden="true"
      className="hw-state-picture"
    >
      <path
        d="M4 40c8-7 16-7 24 0s16 7 24 0 14-6 16-4M4 50c8-7 16-7 24 0s16 7 24 0 14-6 16-4"
        stroke="var(--line-strong)"
        strokeWidth="2.5"
        strokeLinecap="round"
      />
      {denied ? (
        <path
          d="M27 22v-5a9 9 0 0 1 18 0v5m-21 0h24v14H24z"
          stroke="var(--muted)"
          strokeWidth="2.5"
          strokeLinejoin="round"
        />
      ) : (
        <path d="M36 8v14m0 6v.5" stroke="var(--danger)" strokeWidth="4" strokeLinecap="round" />
      )}
    </svg>
  )
}
