import { ExperimentOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { routes } from '#modules/profiles/contract.ts'
import { useTrash } from '#modules/profiles/web/bulk/TrashDialog.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { homeWords } from '#web/home/home-words.ts'
import { sampleRule, sampleUser } from '#web/home/sample-people.ts'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'

/** Takes the made-up people away again, all at once; nothing where there are none. */
export function SamplePeople() {
  const t = useWords(homeWords)
  const can = useCan()
  const toast = useToast()
  const trash = useTrash()
  const [removing, setRemoving] = useState(false)
  const mayRemove = can('people:trash')
  // One look-up by a login: a workspace without a sample pays no more than that.
  const first = useRoute(
    routes.list,
    { query: { identifier: `user_id:${sampleUser(0)}`, limit: 1 } },
    { enabled: mayRemove, every: 10_000 },
  )
  const isThere = first.data?.items[0]?.attributes.sample === true
  const all = useRoute(
    routes.list,
    { query: { rule: JSON.stringify(sampleRule), limit: 100 } },
    { enabled: isThere, every: 10_000 },
  )
  const people = all.data?.items ?? []
  if (!isThere || people.length === 0) return null
  const remove = async () => {
    setRemoving(true)
    await trash({ people, count: people.length }, '').catch(toast.failed)
    setRemoving(false)
  }
  return (
    <section className="hw-panel home-sample" aria-label={t('sampleThere', { count: people.length })}>
      <ExperimentOutlined aria-hidden="true" />
      <p>{t('sampleThere', { count: people.length })}</p>
      <Button size="small" loading={removing} onClick={() => void remove()}>
        {t('sampleRemove')}
      </Button>
    </section>
  )
}
