import { DisconnectOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { ConfirmDanger } from '#ui/ConfirmDanger.tsx'
import { CopyText } from '#ui/CopyText.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { dayKey } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { callRoute } from '#web/api-client.ts'
import { queryClient } from '#web/query-client.ts'
import { useCan } from '#web/session.ts'
import { type IdentityNode, type Profile, routes } from '../../contract.ts'
import { personWords } from '../person-words.ts'
import { KindIcon } from './IdentityPanel.tsx'
import { kindText } from './identifier-text.ts'

type Node = z.infer<typeof IdentityNode>
type Props = { person: Profile; node: Node; single: boolean; onPerson: (id: string) => void }

/** One identifier: since when, how much it brought, who else holds it, whose device it was when. */
export function IdentityNodeRow({ person, node, single, onPerson }: Props) {
  const t = useWords(personWords)
  const can = useCan()
  const { language } = useDisplay()
  const [asking, setAsking] = useState(false)
  const { identifier } = node
  const unmerge = useUnmerge(person, node, onPerson)
  return (
    <li className="identity-node">
      <KindIcon kind={identifier.kind} />
      <div className="identity-node-main">
        <div className="hw-bar">
          <span className="hw-fine">{kindText(identifier.kind)}</span>
          <CopyText text={identifier.value} />
          {node.root && <span className="hw-pill hw-pill-river">{t('root')}</span>}
        </div>
        <p className="hw-fine">
          {t('events', { count: exactNumber(node.events, language) })}
          {node.firstSeen && <Span from={node.firstSeen} to={node.lastSeen} />}
        </p>
        {node.alsoHeldBy.length > 0 && (
          <p className="hw-fine hw-warning">
            {t('shared', { count: node.alsoHeldBy.length })}{' '}
            {node.alsoHeldBy.map((id) => (
              <Link key={id} to="/people/$id" params={{ id }} className="identity-other">
                {t('openPerson')}
              </Link>
            ))}
          </p>
        )}
        {node.intervals.length > 1 && <Intervals person={person} node={node} />}
      </div>
      {can('identity:write') && !single && (
        <Button size="small" icon={<DisconnectOutlined aria-hidden="true" />} onClick={() => setAsking(true)}>
          {t('unmerge')}
        </Button>
      )}
      <ConfirmDanger
        open={asking}
        title={t('unmergeTitle', { value: identifier.value })}
        action={t('unmerge')}
        onConfirm={unmerge}
        onClose={() => setAsking(false)}
      >
        {t('unmergeText', { count: exactNumber(node.events, language) })}
      </ConfirmDanger>
    </li>
  )
}

/** One day is said once; an identifier that came without an event has no last one. */
function Span({ from, to }: { from: string; to: string | null }) {
  const { timezone } = useDisplay()
  const day = (time: string) => dayKey(Date.parse(time), timezone)
  return (
    <>
      {' · '}
      <TimeText value={from} as="day" />
      {to && day(to) !== day(from) && (
        <>
          {' – '}
          <TimeText value={to} as="day" />
        </>
      )}
    </>
  )
}

function Intervals({ person, node }: { person: Profile; node: Node }) {
  const t = useWords(personWords)
  return (
    <div className="identity-intervals">
      <span className="hw-fine">{t('intervals')}</span>
      <ol>
        {node.intervals.map((interval) => (
          <li
            key={`${interval.from} ${interval.to}`}
            className={interval.profileId === person.id ? 'identity-mine' : ''}
          >
            {interval.from ? <TimeText value={interval.from} as="day" /> : t('always')} –{' '}
            {interval.to ? <TimeText value={interval.to} as="day" /> : t('now')}
            {' · '}
            {interval.profileId === person.id ? (
              t('intervalMine')
            ) : (
              <Link to="/people/$id" params={{ id: interval.profileId }}>
                {t('intervalOther')}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </div>
  )
}

/** Separates the identifier; the toast offers to merge it back. */
function useUnmerge(person: Profile, node: Node, onPerson: (id: string) => void) {
  const t = useWords(personWords)
  const toast = useToast()
  return async () => {
    const params = { id: person.id }
    const apart = await callRoute(routes.unmerge, { params, body: { identifier: { ref: node.ref } } })
    await queryClient.invalidateQueries()
    toast.undo(t('unmerged', { value: node.identifier.value }), async () => {
      const back = await callRoute(routes.merge, { params, body: { with: apart.id } })
      await queryClient.invalidateQueries()
      toast.done(t('unmergeUndone'))
      onPerson(back.id)
    })
    // The root itself left: what remains answers under another id.
    if (node.root) onPerson(apart.id)
  }
}
