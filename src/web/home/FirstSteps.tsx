import { CheckCircleFilled, CloseOutlined, RightOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, Progress, Tooltip } from 'antd'
import { useState } from 'react'
import { routes as access } from '#modules/access/contract.ts'
import { routes as profiles } from '#modules/profiles/contract.ts'
import { routes as segments } from '#modules/segments/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { homeWords } from '#web/home/home-words.ts'
import { useCan, useMe } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'

type StepKey = 'source' | 'person' | 'segment' | 'invite'
const personKey = (workspaceId = '') => `headwater.person-seen.${workspaceId}`
type Step = { key: StepKey; href: string; done: boolean }

/** What a new workspace does first. Gone once all is done or the reader hides it. */
export function FirstSteps({ accepted }: { accepted: number | undefined }) {
  const t = useWords(homeWords)
  const navigate = useNavigate()
  const { workspace } = useMe()
  const storeKey = `headwater.steps-hidden.${workspace?.id ?? ''}`
  const [hidden, setHidden] = useState(() => localStorage.getItem(storeKey) === '1')
  const steps = useSteps(accepted, !hidden)
  const done = steps.filter((step) => step.done).length
  // One step is no list.
  if (hidden || steps.length < 2 || done === steps.length) return null
  const hide = () => {
    localStorage.setItem(storeKey, '1')
    setHidden(true)
  }
  const go = (step: Step) => {
    // Looking at somebody leaves no trace on the server; having been sent there counts.
    if (step.key === 'person') localStorage.setItem(personKey(workspace?.id), '1')
    void navigate({ href: step.href })
  }
  return (
    <section className="hw-panel home-steps" aria-label={t('steps')}>
      <div className="hw-panel-head">
        <h2>{t('steps')}</h2>
        <span className="hw-fine">{t('stepsDone', { done, all: steps.length })}</span>
        <Tooltip title={t('hideSteps')}>
          <Button
            size="small"
            type="text"
            icon={<CloseOutlined />}
            aria-label={t('hideSteps')}
            onClick={hide}
          />
        </Tooltip>
      </div>
      <Progress
        percent={(done / steps.length) * 100}
        showInfo={false}
        size="small"
        aria-label={t('stepsDone', { done, all: steps.length })}
      />
      <ul>
        {steps.map((step) => (
          <li key={step.key}>
            <button type="button" className="home-step" onClick={() => go(step)}>
              {step.done ? (
                <CheckCircleFilled className="hw-success" aria-label={t('stepDone')} />
              ) : (
                <span className="home-circle" role="img" aria-label={t('stepOpen')} />
              )}
              <span className={step.done ? 'hw-muted' : undefined}>{t(`step_${step.key}`)}</span>
              {!step.done && <RightOutlined className="home-arrow" aria-hidden="true" />}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Only steps the reader may take; empty until all of them are known, so that the list does not flicker. */
function useSteps(accepted: number | undefined, enabled: boolean): Step[] {
  const can = useCan()
  const { workspace } = useMe()
  const seesPeople = can('people:read')
  const builds = can('segment:write')
  const invites = can('member:write')
  const newest = useRoute(profiles.list, { query: { limit: 1 } }, { enabled: enabled && seesPeople })
  const first = useRoute(segments.list, { query: { limit: 1 } }, { enabled: enabled && builds })
  const members = useRoute(access.listMembers, { query: { limit: 2 } }, { enabled: enabled && invites })
  const open = useRoute(access.listInvitations, { query: { limit: 1 } }, { enabled: enabled && invites })
  const waits = [seesPeople && newest, builds && first, invites && members, invites && open]
  if (waits.some((query) => query && query.isPending === true)) return []
  const person = newest.data?.items[0]
  const invited = (members.data?.items.length ?? 0) > 1 || (open.data?.items.length ?? 0) > 0
  const seen = localStorage.getItem(personKey(workspace?.id)) === '1'
  const steps: (Step | false)[] = [
    can('event:read') && { key: 'source', href: '/settings/write-keys', done: (accepted ?? 0) > 0 },
    seesPeople && { key: 'person', href: person ? `/people/${person.id}` : '/people', done: seen },
    builds && { key: 'segment', href: '/segments/new', done: (first.data?.items.length ?? 0) > 0 },
    invites && { key: 'invite', href: '/settings/members?invite=true', done: invited },
  ]
  return steps.filter((step) => step !== false)
}
