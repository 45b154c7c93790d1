import { type ReactNode, useMemo, useState } from 'react'
import { ChartRoom } from '#ui/Chart.tsx'
import type { AnyAnswer, AnyCell, AskedQuestion } from './kind-view.ts'
import { viewOf } from './kinds.ts'
import { QuestionState } from './question-state.ts'
import { ShownProvider } from './shown-state.tsx'
import './analytics.css'
import './small-result.css'

type Props = {
  question: AskedQuestion
  /** What the page's address had when it was saved. */
  state: Record<string, unknown>
  answer: AnyAnswer
  show: 'chart' | 'table' | 'both'
  /** Left out: numbers open nothing. */
  onCell?: ((cell: AnyCell, title: string) => void) | undefined
}

/** The answer of any kind of analysis, small: its chart, its table or both fill the box they stand in. */
export function SmallResult({ question, state, answer, show, onCell }: Props) {
  const view = viewOf(question.kind)
  const [looked, setLooked] = useState<Partial<QuestionState>>({})
  const kept = useMemo(() => QuestionState.parse(state), [state])
  const shown = useMemo(
    () => ({
      state: { ...kept, ...looked },
      change: (part: Partial<QuestionState>) => setLooked((old) => ({ ...old, ...part })),
      small: true,
    }),
    [kept, looked],
  )
  const open = (cell: AnyCell, title: string) => onCell?.(cell, title)
  const result = <view.Result question={question as never} answer={answer as never} onCell={open} />
  return (
    <ShownProvider value={shown}>
      <ChartRoom value="fill">
        <div className={`small-result small-${show}`}>{onCell ? result : <Still>{result}</Still>}</div>
      </ChartRoom>
    </ShownProvider>
  )
}

/** Numbers that open nothing are no buttons: whatever kind of analysis made them. */
const Still = ({ children }: { children: ReactNode }) => (
  <fieldset disabled className="small-still">
    {children}
  </fieldset>
)

/** What a kind of analysis looks like in a list. */
export const kindIcon = (kind: string): ReactNode => viewOf(kind).icon
