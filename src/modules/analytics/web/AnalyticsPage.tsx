import { Skeleton } from 'antd'
import { useRef, useState } from 'react'
import { EmptyState } from '#ui/EmptyState.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { RuleCatalogueProvider } from '#web/RuleCatalogueProvider.tsx'
import { useRoute } from '#web/use-route.ts'
import { routes } from '../contract.ts'
import { AnsweredStamp } from './AnsweredStamp.tsx'
import { analyticsWords } from './analytics-words.ts'
import { QuestionBar } from './bar/QuestionBar.tsx'
import { DownloadTables } from './download/DownloadTables.tsx'
import { HowCounted } from './HowCounted.tsx'
import { KindTabs } from './KindTabs.tsx'
import type { AnyCell, AskedQuestion, KindView } from './kind-view.ts'
import { viewOf } from './kinds.ts'
import { analyticsRoute } from './pages.tsx'
import { PeopleDrawer } from './people/PeopleDrawer.tsx'
import type { QuestionState } from './question-state.ts'
import { SamplePicture } from './SamplePicture.tsx'
import { SaveButtons } from './saved/SaveButtons.tsx'
import { ShownProvider } from './shown-state.tsx'
import './analytics.css'

/** One question bar for all kinds of analysis; the answer below, the people behind every number beside it. */
export function AnalyticsPage() {
  return (
    <RuleCatalogueProvider>
      <Analyses />
    </RuleCatalogueProvider>
  )
}

function Analyses() {
  const t = useWords(analyticsWords)
  const state = analyticsRoute.useSearch()
  const navigate = analyticsRoute.useNavigate()
  const view = viewOf(state.kind)
  // A cell belongs to one question: when that changes, its people are not those shown any more.
  const change = (part: Partial<QuestionState>) =>
    void navigate({ search: (old) => ({ ...old, cell: undefined, ...part }), replace: true })
  const openCell = (cell: AnyCell | undefined) =>
    void navigate({ search: (old) => ({ ...old, cell: cell as Record<string, unknown> | undefined }) })
  const question = view.question(state)
  const keptAs = useRoute(
    routes.getSaved,
    { params: { id: state.saved ?? '' } },
    { enabled: state.saved !== undefined, staleTime: 30_000 },
  )
  const saved = keptAs.data
  return (
    <div className="hw-page">
      <PageHeader
        title={saved?.name ?? t('title')}
        purpose={saved?.description || t('purpose')}
        actions={
          <SaveButtons
            saved={saved}
            question={question}
            state={state}
            onSaved={(id) => change({ saved: id })}
          />
        }
      />
      {/* The question itself stands in the address, so the rest goes on. */}
      {keptAs.error && <ErrorState error={keptAs.error} compact />}
      <KindTabs current={view} onChoose={(kind) => change({ kind })} />
      <QuestionBar view={view} state={state} onChange={change} />
      {question === undefined ? (
        <EmptyState title={t('emptyTitle')} text={t('emptyText')} picture={<SamplePicture />} />
      ) : (
        <ShownProvider value={{ state, change, small: false }}>
          <Answered
            view={view}
            question={question}
            cell={state.cell as AnyCell | undefined}
            onCell={openCell}
          />
        </ShownProvider>
      )}
    </div>
  )
}

type AnsweredProps = {
  view: KindView
  question: AskedQuestion
  cell: AnyCell | undefined
  onCell: (cell: AnyCell | undefined) => void
}

function Answered({ view, question, cell, onCell }: AnsweredProps) {
  const t = useWords(analyticsWords)
  const kindTitle = view.useTitle()
  const [title, setTitle] = useState('')
  const shown = useRef<HTMLDivElement>(null)
  const asked = useRoute(routes.query, { body: question }, { keep: true, staleTime: 30_000 })
  const answer = asked.data?.kind === question.kind ? asked.data : undefined
  if (asked.error) return <ErrorState error={asked.error} retry={() => void asked.refetch()} />
  if (!answer) return <Skeleton active paragraph={{ rows: 10 }} className="hw-panel analytics-wait" />
  return (
    <>
      <div
        ref={shown}
        className={asked.isPlaceholderData ? 'analytics-stale' : undefined}
        aria-busy={asked.isFetching}
      >
        <view.Result
          question={question as never}
          answer={answer as never}
          onCell={(next, said) => {
            setTitle(said)
            onCell(next)
          }}
        />
      </div>
      <div className="analytics-foot">
        <AnsweredStamp question={question} answer={answer} />
        <DownloadTables shown={shown} title={`${kindTitle} ${answer.range.from} ${answer.range.to}`} />
        <HowCounted view={view} />
      </div>
      <PeopleDrawer
        question={question}
        cell={cell}
        answer={asked.isPlaceholderData ? undefined : answer}
        title={title || t('people')}
        onClose={() => onCell(undefined)}
        onCell={onCell}
      />
    </>
  )
}
