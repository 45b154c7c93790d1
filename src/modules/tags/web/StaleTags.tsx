import { Button } from 'antd'
import { routes, staleDays, type Tag } from '#modules/tags/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import { tagWords } from './tag-words.ts'

/** Tags that nobody was given for long and nobody asks for; nothing when there are none. */
export function StaleTags({ onOpen }: { onOpen: (tag: Tag) => void }) {
  const t = useWords(tagWords)
  const can = useCan()
  const toast = useToast()
  const refresh = [routes.list, routes.stale]
  const archive = useChange(routes.archive, refresh)
  const unarchive = useChange(routes.unarchive, refresh)
  const { data } = useRoute(routes.stale, {})
  if (!data || data.items.length === 0) return null
  const put = async ({ id, name }: Tag) => {
    await archive.mutateAsync({ params: { id } })
    toast.undo(t('archivedDone', { name }), () => unarchive.mutateAsync({ params: { id } }))
  }
  return (
    <section className="hw-panel">
      <div className="hw-panel-head">
        <h2>{t('stale')}</h2>
      </div>
      <div className="hw-panel-body">
        <p className="hw-fine">{t('staleText', { days: staleDays })}</p>
        <ul className="tag-stale">
          {data.items.map((tag) => (
            <li key={tag.id}>
              <Button type="link" size="small" className="hw-clip" onClick={() => onOpen(tag)}>
                {tag.name}
              </Button>
              <span className="hw-bar-grow" />
              <span className="hw-fine">
                {tag.lastAssignedAt ? (
                  <>
                    {t('lastAssigned')} <TimeText value={tag.lastAssignedAt} />
                  </>
                ) : (
                  t('neverAssigned')
                )}
              </span>
              {can('tag:write') && (
                <Button
                  size="small"
                  aria-label={`${t('archive')} ${tag.name}`}
                  onClick={() => void put(tag).catch(toast.failed)}
                >
                  {t('archive')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
