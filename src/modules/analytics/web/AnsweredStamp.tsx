import { Button } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { Stamp } from '#ui/Stamp.tsx'
import { answeredWords } from './answered-words.ts'
import type { AskedQuestion } from './kind-view.ts'
import { useCountAnew } from './use-count-anew.ts'

type Props = {
  question: AskedQuestion
  answer: { computedAt: string; cached: boolean; tookMs: number }
}

/** When the numbers were counted, that they still hold where they were kept, and a way to count them anew. */
export function AnsweredStamp({ question, answer }: Props) {
  const t = useWords(answeredWords)
  const anew = useCountAnew(question)
  return (
    <span className="analytics-stamp">
      <Stamp
        updatedAt={answer.computedAt}
        exact
        tookMs={answer.tookMs}
        note={answer.cached ? t('stillHolds') : undefined}
      />
      <Button
        type="link"
        size="small"
        loading={anew.isPending}
        onClick={() => anew.mutate({ body: question, query: { refresh: 'true' } })}
      >
        {t('countAnew')}
      </Button>
      {anew.error && (
        <span role="alert" className="hw-stamp">
          {t('notCounted')}
        </span>
      )}
    </span>
  )
}
