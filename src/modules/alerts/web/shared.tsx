import { BellOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { AskedQuestion } from '#modules/analytics/web/kind-view.ts'
import { useWords } from '#ui/i18n.ts'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import { sayBucket } from '../alert-text.ts'
import type { Firing } from '../contract/alert.ts'
import { routes } from '../contract.ts'
import type { Source } from './AlertEditor.tsx'
import { alertWords } from './alert-words.ts'
import { isWatchable } from './watchable.ts'
import './firings.css'

const Editor = lazy(async () => ({ default: (await import('./AlertEditor.tsx')).AlertEditor }))

type Asked = {
  question: { kind: string } | undefined
  state: Record<string, unknown>
  analysis: { id: string; name: string } | undefined
}

/** Beside an analysis: watches one of its numbers. Nothing where none can be watched. */
export function AlertMe({ question, state, analysis }: Asked) {
  const t = useWords(alertWords)
  const can = useCan()
  const [open, setOpen] = useState(false)
  if (!can('analytics:write') || !isWatchable(question)) return null
  return (
    <>
      <Button icon={<BellOutlined aria-hidden="true" />} onClick={() => setOpen(true)}>
        {t('alertMe')}
      </Button>
      {open && <AlertDialog source={{ question, state, analysis }} onClose={() => setOpen(false)} />}
    </>
  )
}

/** The same from a menu: the entry, when it may be offered. */
export function useAlertEntry(asked: Asked): { label: string; source: Source } | undefined {
  const t = useWords(alertWords)
  const can = useCan()
  const { question, state, analysis } = asked
  if (!can('analytics:write') || !isWatchable(question)) return undefined
  return { label: t('alertMe'), source: { question, state, analysis } }
}

export function AlertDialog({ source, onClose }: { source: Source; onClose: () => void }) {
  return (
    <Suspense fallback={null}>
      <Editor source={source} onClose={onClose} />
    </Suspense>
  )
}

const noFirings: Firing[] = []

/** When alerts on the numbers of this question fired. Nothing behind a shared link, where nobody is known. */
export function useFirings(question: AskedQuestion, { from, to }: { from: string; to: string }): Firing[] {
  const can = useCan()
  const asked = useRoute(
    routes.firings,
    { body: { question, from, to } },
    { enabled: can('analytics:read'), staleTime: 60_000 },
  )
  return asked.data?.items ?? noFirings
}

export type Firings = readonly Firing[]

/** More would push the table off the screen; the alert itself tells all. */
const mostShown = 3

/** Below a curve: what its red points are, newest first. */
export function FiringList({ firings }: { firings: Firings }) {
  const t = useWords(alertWords)
  const byAlert = [...Map.groupBy(firings, ({ alert }) => alert.id).values()]
  if (byAlert.length === 0) return null
  return (
    <ul className="alert-firings" aria-label={t('firingsTitle')}>
      {byAlert.map((fired) => {
        const alert = fired[0]?.alert ?? { id: '', name: '' }
        const times = fired.map(({ t: bucket }) => sayBucket(bucket)).toReversed()
        return (
          <li key={alert.id}>
            <span className="alert-firing-dot" aria-hidden="true" />
            <Link to="/alerts" search={{ open: alert.id }}>
              {alert.name}
            </Link>{' '}
            <span className="hw-fine">
              {t('firingsAt', { count: times.length, times: times.slice(0, mostShown).join(t('sep')) })}
              {times.length > mostShown && ' …'}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
