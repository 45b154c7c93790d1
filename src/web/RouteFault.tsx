import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { EmptyState } from '#ui/EmptyState.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { webWords } from '#web/web-words.ts'

/** A page that failed to load or to draw; the rest of the shell stays. */
export function RouteFault({ error }: ErrorComponentProps) {
  const router = useRouter()
  return (
    <main className="hw-page">
      <ErrorState error={error} retry={() => void router.invalidate()} />
    </main>
  )
}

export function NotFound() {
  const t = useWords(webWords)
  return (
    <div className="hw-page">
      <EmptyState title={t('notFound')} text={t('notFoundText')} action={<Link to="/">{t('goHome')}</Link>} />
    </div>
  )
}
