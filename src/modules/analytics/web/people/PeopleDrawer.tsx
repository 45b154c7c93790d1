import { Link } from '@tanstack/react-router'
import { Drawer, Segmented } from 'antd'
import type { Profile } from '#modules/profiles/contract.ts'
import { Avatar } from '#ui/Avatar.tsx'
import { useDisplay, useIsNarrow } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { usePages, useRoute } from '#web/use-route.ts'
import { routes } from '../../contract.ts'
import { analyticsWords } from '../analytics-words.ts'
import type { AnyAnswer, AnyCell, AskedPeople, AskedQuestion } from '../kind-view.ts'
import { ChangedMeanwhile } from './ChangedMeanwhile.tsx'
import { SavePeople } from './SavePeople.tsx'

type Props = {
  question: AskedQuestion
  cell: AnyCell | undefined
  title: string
  /** The numbers one of which was clicked; what is found now is held against them. */
  answer?: AnyAnswer | undefined
  onClose: () => void
  /** Looks at another cell of the same question. */
  onCell: (cell: AnyCell) => void
}

/** The people behind one number: who they are, and what can be done with them. */
export function PeopleDrawer({ question, cell, title, answer, onClose, onCell }: Props) {
  const t = useWords(analyticsWords)
  const narrow = useIsNarrow()
  return (
    <Drawer
      open={cell !== undefined}
      onClose={onClose}
      title={title}
      size={narrow ? '100%' : 640}
      destroyOnHidden
    >
      {cell !== undefined && inBothPeriods(question, cell) && (
        <Segmented<boolean>
          aria-label={t('whichPeriod')}
          className="analytics-which"
          value={'compared' in cell && cell.compared === true}
          options={[
            { value: false, label: t('thisPeriod') },
            { value: true, label: t('periodCompared') },
          ]}
          onChange={(compared) => onCell({ ...cell, compared } as AnyCell)}
        />
      )}
      {cell !== undefined && answer && <ChangedMeanwhile question={question} answer={answer} />}
      {cell !== undefined && <People question={question} cell={cell} title={title} />}
    </Drawer>
  )
}

/** What has no date of its own is there in both periods; who was behind it in the other is one click away. */
const inBothPeriods = (question: AskedQuestion, cell: AnyCell): boolean =>
  'compare' in question &&
  question.compare !== undefined &&
  !('t' in cell && cell.t !== undefined) &&
  !('correlation' in cell && cell.correlation !== undefined) &&
  !('cohort' in cell) &&
  // Of a composition only who is new has to do with days.
  !('joined' in cell && !cell.joined)

function People({ question, cell, title }: { question: AskedQuestion; cell: AnyCell; title: string }) {
  const t = useWords(analyticsWords)
  const { language } = useDisplay()
  // The cell was opened on this question, so the two are of one kind.
  const body = { ...question, cell } as AskedPeople
  const counted = useRoute(routes.people, { query: { limit: 1 }, body }, { staleTime: 30_000 })
  const source = usePages(routes.people, { query: { limit: 100 }, body })
  const columns: Column<Profile>[] = [
    { id: 'name', title: t('person'), cell: (person) => <Who person={person} /> },
    { id: 'seen', title: t('lastSeen'), width: 130, cell: (person) => <TimeText value={person.lastSeen} /> },
  ]
  const total = counted.data?.total
  return (
    <div className="analytics-people">
      <div className="hw-bar analytics-people-head">
        {!counted.error && (
          <strong aria-live="polite" className="hw-bar-grow">
            {total === undefined ? t('counting') : t('peopleCount', { count: exactNumber(total, language) })}
          </strong>
        )}
        {total !== undefined && total > 0 && <SavePeople body={body} total={total} suggestion={title} />}
      </div>
      <QueryTable
        label={t('people')}
        source={source}
        columns={columns}
        rowKey={(person) => person.id}
        card={(person) => <Who person={person} />}
        empty={<EmptyState title={t('nobody')} text={t('nobodyText')} />}
      />
    </div>
  )
}

function Who({ person }: { person: Profile }) {
  const t = useWords(analyticsWords)
  return (
    <span className="hw-bar">
      <Avatar id={person.id} name={person.name} size={24} />
      <Link to="/people/$id" params={{ id: person.id }} className="hw-clip">
        {person.name ?? t('anonymous')}
      </Link>
    </span>
  )
}
