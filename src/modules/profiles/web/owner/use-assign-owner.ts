import type { Rule } from '#modules/rules/contract.ts'
import { routes as jobs } from '#platform/jobs/job-contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useChange } from '#web/use-route.ts'
import { type Profile, routes } from '../../contract.ts'
import { bulkWords } from '../bulk/bulk-words.ts'
import { ownerWords } from '../owner-words.ts'

export type NewOwner = { id: string; name: string } | null

/** Gives people to a member or to nobody, says so and offers to take it back. Answers how many one still sees. */
export function useAssignOwner() {
  const t = useWords(ownerWords)
  const toast = useToast()
  const { language } = useDisplay()
  const assign = useChange(routes.assignOwners, [routes.list, routes.count, routes.get])
  const restore = async (people: readonly Profile[]) => {
    for (const [owner, some] of Map.groupBy(people, (person) => person.owner?.id ?? null))
      await assign.mutateAsync({ body: { ids: some.map((person) => person.id), owner } })
    toast.done(t('undone'))
  }
  return async (people: readonly Profile[], owner: NewOwner): Promise<number> => {
    const ids = people.map((person) => person.id)
    const done = await assign.mutateAsync({ body: { ids, owner: owner?.id ?? null } })
    const text = said(done.people)
    // What has left one's scope is not one's own to take back.
    if (done.people > 0 && done.visible === ids.length) toast.undo(text, () => restore(people))
    else toast.done(text)
    return done.visible

    function said(count: number): string {
      const [only] = people
      const name = owner?.name ?? t('nobody')
      if (count === 0) return t('unchanged', { name })
      if (people.length === 1 && only?.name)
        return t(owner ? 'givenOne' : 'takenOne', { name, person: only.name })
      return t(owner ? 'given' : 'taken', { name, count: exactNumber(count, language) })
    }
  }
}

type Matching = {
  rule: Rule | undefined
  search: string | undefined
  owner: string | undefined
  count: number
}

/** The same for everybody a list shows, by a job that the toast takes back. */
export function useStartAssigning() {
  const t = useWords(bulkWords)
  const toast = useToast()
  const { language } = useDisplay()
  const start = useChange(routes.startAssigning, [jobs.list])
  const undo = useChange(routes.undoBatch, [jobs.list])
  return async ({ count, ...matching }: Matching, owner: string | null) => {
    const batch = await start.mutateAsync({ body: { matching, owner } })
    toast.undo(t('started', { count: exactNumber(count, language) }), async () => {
      await undo.mutateAsync({ params: { id: batch.id } })
      toast.done(t('undoStarted'))
    })
  }
}
