import { Link } from '@tanstack/react-router'
import type { Rule } from '#modules/rules/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { useRoute } from '#web/use-route.ts'
import { routes } from '../../contract.ts'
import { versionWords } from './version-words.ts'

/** +1,204 −318: who comes in and who goes out when one rule takes the place of another; both open the people. */
export function PeopleDifference({ before, after }: { before: Rule; after: Rule }) {
  const t = useWords(versionWords)
  const { language } = useDisplay()
  const { data, error, refetch, isFetching } = useRoute(
    routes.regions,
    { body: { rules: [before, after] } },
    { keep: true, staleTime: 10_000 },
  )
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} compact />
  if (!data) return <p className="hw-fine">{t('comparing')}</p>
  const countOf = (places: string) => data.regions.find((region) => region.in.join() === places)?.count ?? 0
  const came = countOf('1')
  const went = countOf('0')
  const stay = exactNumber(countOf('0,1'), language)
  const say = (count: number) => exactNumber(count, language)
  return (
    <p
      className={`segment-difference hw-number${isFetching ? ' segment-stale' : ''}`}
      aria-live="polite"
      aria-busy={isFetching}
    >
      <People
        rule={{ all: [after, { not: before }] }}
        count={came}
        className="hw-success"
        title={t('cameOpen', { count: say(came) })}
      >
        +{say(came)}
      </People>
      <span aria-hidden="true">/</span>
      <People
        rule={{ all: [before, { not: after }] }}
        count={went}
        className="hw-danger"
        title={t('wentOpen', { count: say(went) })}
      >
        −{say(went)}
      </People>
      <span className="hw-fine">{came + went === 0 ? t('noChange') : t('stay', { count: stay })}</span>
    </p>
  )
}

type Shown = { rule: Rule; count: number; className: string; title: string; children: React.ReactNode }

function People({ rule, count, className, title, children }: Shown) {
  if (count === 0) return <span className="hw-muted">{children}</span>
  return (
    <Link
      to="/people"
      search={{ rule: rule as Record<string, unknown> }}
      className={className}
      title={title}
      aria-label={title}
    >
      {children}
    </Link>
  )
}
