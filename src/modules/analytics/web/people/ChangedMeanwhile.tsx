import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { pathOf } from '#platform/http/define-routes.ts'
import { useDisplay } from '#ui/display.tsx'
import { clockTime } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { callRoute } from '#web/api-client.ts'
import { routes } from '../../contract.ts'
import { answeredWords } from '../answered-words.ts'
import type { AnyAnswer, AskedQuestion } from '../kind-view.ts'
import { hasSameNumbers } from './same-numbers.ts'

/**
 * People are found as they are now, numbers were counted when the page was: where the two are not of one state it says so.
 * Asked once for each time the drawer opens; an answer that still holds is kept by the server and costs nothing.
 */
export function ChangedMeanwhile({ question, answer }: { question: AskedQuestion; answer: AnyAnswer }) {
  const t = useWords(answeredWords)
  const { language, timezone } = useDisplay()
  const client = useQueryClient()
  const now = useQuery({
    queryKey: ['still-holds', question],
    queryFn: ({ signal }) => callRoute(routes.query, { body: question }, signal),
    ...{ staleTime: 0, gcTime: 0, refetchOnWindowFocus: false, retry: false },
  }).data
  if (!now || hasSameNumbers(now, answer)) return null
  const countedAt = clockTime(Date.parse(answer.computedAt), timezone, language)
  return (
    <Alert
      type="info"
      showIcon
      className="analytics-changed"
      title={t('changedMeanwhile', { when: countedAt })}
      action={
        <Button
          size="small"
          onClick={() => client.setQueryData([pathOf(routes.query), { body: question }], now)}
        >
          {t('countAnew')}
        </Button>
      }
    />
  )
}
