import { MinusCircleOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { PersonName } from '#modules/profiles/web/reveal/PersonName.tsx'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import { routes, type Segment } from '../../contract.ts'
import { listWords } from './list-words.ts'

/** Some of the people on the list; each can be taken off, and that taken back. */
export function ListPeople({ list }: { list: Segment }) {
  const t = useWords(listWords)
  const can = useCan()
  const toast = useToast()
  const { language } = useDisplay()
  const query = useRoute(
    routes.members,
    { params: { id: list.id }, query: { limit: 20 } },
    { every: 10_000, enabled: can('people:read') },
  )
  const refresh = [routes.members, routes.get, routes.list, routes.changes]
  const remove = useChange(routes.removePeople, refresh)
  const undo = useChange(routes.undoChange, refresh)
  const takeOff = async (id: string) => {
    try {
      const change = await remove.mutateAsync({ params: { id: list.id }, body: { ids: [id] } })
      toast.undo(t('removed', { count: change.changed }), () =>
        undo.mutateAsync({ params: { id: list.id, change: change.id } }),
      )
    } catch (error) {
      toast.failed(error)
    }
  }
  return (
    <section className="hw-panel" aria-labelledby="list-people">
      <div className="hw-panel-head">
        <h2 id="list-people">{t('some')}</h2>
        {(list.size ?? 0) > 0 && (
          <Link to="/people" search={{ rule: { segment: list.id } }}>
            {t('members', { count: exactNumber(list.size ?? 0, language) })}
          </Link>
        )}
      </div>
      {query.error && !query.data ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} compact />
      ) : !query.data ? (
        <div className="hw-panel-body">
          <Skeleton active />
        </div>
      ) : query.data.items.length === 0 ? (
        <p className="hw-panel-body hw-muted">{t('empty')}</p>
      ) : (
        <ul className="segment-sample">
          {query.data.items.map((person) => {
            const name = person.name ?? t('anonymous')
            return (
              <li key={person.id}>
                <PersonName person={person} size={24} />
                <span className="hw-bar-grow" />
                {can('segment:write') && (
                  <Button
                    size="small"
                    type="text"
                    className="segment-test-button"
                    icon={<MinusCircleOutlined aria-hidden="true" />}
                    aria-label={t('takeOff', { name })}
                    title={t('takeOff', { name })}
                    onClick={() => void takeOff(person.id)}
                  />
                )}
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
