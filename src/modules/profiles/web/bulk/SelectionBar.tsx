import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { ExportButton } from '#modules/exports/web/ExportButton.tsx'
import type { Rule } from '#modules/rules/contract.ts'
import { BatchDialog } from '#modules/tags/web/BatchDialog.tsx'
import { tagWords } from '#modules/tags/web/tag-words.ts'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import { type Profile, routes } from '../../contract.ts'
import { AssignOwnerDialog } from '../owner/AssignOwnerDialog.tsx'
import { mostAtOnce, type Selection } from '../owner/use-selection.ts'
import { ownerWords } from '../owner-words.ts'
import { AddToListDialog } from './AddToListDialog.tsx'
import { bulkWords } from './bulk-words.ts'
import { TrashDialog } from './TrashDialog.tsx'

export type PeopleQuestion = {
  rule: Rule | undefined
  search: string | undefined
  owner: string | undefined
}
/** Whom an action is for: chosen people, or everybody the list shows. */
export type Whom = { people: readonly Profile[]; matching?: PeopleQuestion; count: number }

type Props = { selection: Selection; shown: readonly Profile[]; question: PeopleQuestion }

/** What can be done with the people ticked in the list, or with all that match. */
export function SelectionBar({ selection, shown, question }: Props) {
  const t = useWords(ownerWords)
  const b = useWords(bulkWords)
  const { language } = useDisplay()
  const tagText = useWords(tagWords)
  const can = useCan()
  const [asking, setAsking] = useState<'owner' | 'tags' | 'trash' | 'list'>()
  const [isAll, setAll] = useState(false)
  const { people } = selection
  const counted = useRoute(routes.count, { body: question }, { enabled: people.length > 0, keep: true })
  const total = counted.data?.count ?? 0
  // Whoever unticks one does not mean everybody any more.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the ticked is what ends it
  useEffect(() => setAll(false), [people])
  if (people.length === 0) return null
  const loaded = Math.min(shown.length, mostAtOnce)
  const whom: Whom = isAll ? { people, matching: question, count: total } : { people, count: people.length }
  // A list takes people by id or by a rule; a search text or an owner is neither.
  const isNarrowedByWords = isAll && Boolean(question.search || question.owner)
  const close = () => setAsking(undefined)
  const clear = () => selection.set([])
  return (
    <section className="hw-bar people-selection" aria-label={t('select')}>
      <strong aria-live="polite">
        {isAll
          ? b('allChosen', { count: exactNumber(total, language) })
          : t('selected', { count: exactNumber(people.length, language) })}
      </strong>
      {!isAll && total > people.length && (
        <Button type="link" onClick={() => setAll(true)}>
          {b('allMatching', { count: exactNumber(total, language) })}
        </Button>
      )}
      <span className="hw-bar-grow" />
      {!isAll && people.length < loaded && (
        <Button type="text" onClick={() => selection.set(shown)}>
          {t('selectShown', { count: exactNumber(loaded, language) })}
        </Button>
      )}
      <Button type="text" onClick={clear}>
        {t('clear')}
      </Button>
      {can('people:write') && <Button onClick={() => setAsking('tags')}>{tagText('batch')}</Button>}
      {can('segment:write') && !isNarrowedByWords && (
        <Button onClick={() => setAsking('list')}>{b('toList')}</Button>
      )}
      <ExportButton subject={isAll ? question : { ids: people.map((person) => person.id) }} />
      {can('people:trash') && (
        <Button danger onClick={() => setAsking('trash')}>
          {b('trash')}
        </Button>
      )}
      {can('people:assign') && can('member:read') && (
        <Button type="primary" onClick={() => setAsking('owner')}>
          {t('assign')}
        </Button>
      )}
      <BatchDialog
        open={asking === 'tags'}
        {...(isAll
          ? { matching: { ...question, count: total } }
          : { ids: people.map((person) => person.id) })}
        onClose={close}
        onStarted={clear}
      />
      <AssignOwnerDialog
        people={people}
        {...(isAll ? { matching: { ...question, count: total } } : {})}
        open={asking === 'owner'}
        onClose={close}
        onAssigned={clear}
      />
      <AddToListDialog whom={whom} open={asking === 'list'} onClose={close} onDone={clear} />
      <TrashDialog whom={whom} open={asking === 'trash'} onClose={close} onDone={clear} />
    </section>
  )
}
