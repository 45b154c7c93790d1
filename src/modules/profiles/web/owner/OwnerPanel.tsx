import { Button } from 'antd'
import { useState } from 'react'
import { Avatar } from '#ui/Avatar.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useCan } from '#web/session.ts'
import type { Profile } from '../../contract.ts'
import { ownerWords } from '../owner-words.ts'
import { AssignOwnerDialog } from './AssignOwnerDialog.tsx'
import './owner.css'

type Props = {
  person: Profile
  /** The person was given to somebody whose people the reader does not see. */
  onGone: () => void
}

/** Who looks after the person, beside the timeline. */
export function OwnerPanel({ person, onGone }: Props) {
  const t = useWords(ownerWords)
  const can = useCan()
  const [asking, setAsking] = useState(false)
  const { owner } = person
  const mayAssign = can('people:assign') && can('member:read')
  return (
    <section className="hw-panel" aria-label={t('owner')}>
      <div className="hw-panel-head">
        <h2>{t('owner')}</h2>
        {mayAssign && (
          <Button type="text" size="small" onClick={() => setAsking(true)}>
            {owner ? t('change') : t('assign')}
          </Button>
        )}
      </div>
      <div className="owner-line">
        {owner ? (
          <>
            <Avatar id={owner.id} name={owner.name} size={26} />
            <span className="hw-clip">{owner.name}</span>
            <span className="hw-bar-grow" />
            <span className="hw-fine">
              {t('assigned')} <TimeText value={owner.since} />
            </span>
          </>
        ) : (
          <span className="hw-muted">{t('nobodyYet')}</span>
        )}
      </div>
      <AssignOwnerDialog
        people={[person]}
        open={asking}
        onClose={() => setAsking(false)}
        onAssigned={(visible) => visible === 0 && onGone()}
      />
    </section>
  )
}
