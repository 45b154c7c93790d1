import { Button } from 'antd'
import { useState } from 'react'
import { BatchDialog } from '#modules/tags/web/BatchDialog.tsx'
import { tagWords } from '#modules/tags/web/tag-words.ts'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { useCan } from '#web/session.ts'
import type { Profile } from '../../contract.ts'
import { ownerWords } from '../owner-words.ts'
import { AssignOwnerDialog } from './AssignOwnerDialog.tsx'
import { mostAtOnce, type Selection } from './use-selection.ts'

/** What can be done with the people ticked in the list. */
export function SelectionBar({ selection, shown }: { selection: Selection; shown: readonly Profile[] }) {
  const t = useWords(ownerWords)
  const { language } = useDisplay()
  const tagText = useWords(tagWords)
  const can = useCan()
  const [asking, setAsking] = useState(false)
  const [tagging, setTagging] = useState(false)
  const { people } = selection
  if (people.length === 0) return null
  const loaded = Math.min(shown.length, mostAtOnce)
  return (
    <section className="hw-bar people-selection" aria-label={t('select')}>
      <strong aria-live="polite">{t('selected', { count: exactNumber(people.length, language) })}</strong>
      {people.length >= mostAtOnce && (
        <span className="hw-fine">{t('tooMany', { count: exactNumber(mostAtOnce, language) })}</span>
      )}
      <span className="hw-bar-grow" />
      {people.length < loaded && (
        <Button type="text" onClick={() => selection.set(shown)}>
          {t('selectShown', { count: exactNumber(loaded, language) })}
        </Button>
      )}
      <Button type="text" onClick={() => selection.set([])}>
        {t('clear')}
      </Button>
      {can('people:write') && <Button onClick={() => setTagging(true)}>{tagText('batch')}</Button>}
      {can('people:assign') && can('member:read') && (
        <Button type="primary" onClick={() => setAsking(true)}>
          {t('assign')}
        </Button>
      )}
      <BatchDialog
        open={tagging}
        ids={people.map((person) => person.id)}
        onClose={() => setTagging(false)}
        onStarted={() => selection.set([])}
      />
      <AssignOwnerDialog
        people={people}
        open={asking}
        onClose={() => setAsking(false)}
        onAssigned={() => selection.set([])}
      />
    </section>
  )
}
