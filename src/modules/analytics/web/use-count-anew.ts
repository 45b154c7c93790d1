import { useQueryClient } from '@tanstack/react-query'
import { pathOf } from '#platform/http/define-routes.ts'
import { useChange } from '#web/use-route.ts'
import { routes } from '../contract.ts'
import type { AskedQuestion } from './kind-view.ts'

/** Counts a question whatever is kept of it, and shows that in place of what was shown. */
export function useCountAnew(question: AskedQuestion) {
  const client = useQueryClient()
  const counted = useChange(routes.query, [routes.people])
  return {
    ...counted,
    mutate: (input: Parameters<typeof counted.mutate>[0]) =>
      counted.mutate(input, {
        onSuccess: (answer) => client.setQueryData([pathOf(routes.query), { body: question }], answer),
      }),
  }
}
