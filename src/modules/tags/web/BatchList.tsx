import { Button } from 'antd'
import { routes, type TagBatch } from '#modules/tags/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useChange, useRoute } from '#web/use-route.ts'
import { useSaid } from './TagEntries.tsx'
import { tagWords } from './tag-words.ts'

/** The latest work on the tags of many, each of which can be taken back; nothing while there is none. */
export function BatchList() {
  const t = useWords(tagWords)
  const batches = useRoute(routes.listBatches, { query: { limit: 5 } }, { every: 5_000 })
  const items = batches.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className="hw-panel">
      <div className="hw-panel-head">
        <h2>{t('batches')}</h2>
      </div>
      <ul className="hw-panel-body tag-entries">
        {items.map((batch) => (
          <BatchLine key={batch.id} batch={batch} />
        ))}
      </ul>
    </section>
  )
}

function BatchLine({ batch }: { batch: TagBatch }) {
  const t = useWords(tagWords)
  const said = useSaid()
  const toast = useToast()
  const undo = useChange(routes.undoBatch, [routes.listBatches])
  const what = [...batch.add.map((name) => `+ ${name}`), ...batch.remove.map((name) => `− ${name}`)].join(' ')
  const isUndone = batch.undo !== null && batch.undo !== 'failed' && batch.undo !== 'cancelled'
  const takeBack = async () => {
    await undo.mutateAsync({ params: { id: batch.id } })
    toast.done(t('batchUndoStarted'))
  }
  return (
    <li>
      <div className="hw-bar">
        <span className="hw-clip">{what}</span>
        <span className="hw-pill">
          {isUndone ? t(batch.undo === 'done' ? 'batchUndone' : 'batchUndoing') : t(`state.${batch.state}`)}
        </span>
        <span className="hw-bar-grow" />
        <span className="hw-fine">
          <TimeText value={batch.createdAt} />
        </span>
        {!isUndone && (
          <Button
            size="small"
            aria-label={`${t('batchUndo')} ${what}`}
            onClick={() => void takeBack().catch(toast.failed)}
          >
            {t('batchUndo')}
          </Button>
        )}
      </div>
      <p className="hw-fine">
        {[t('batchLine', { added: batch.added, removed: batch.removed }), said(batch)].join(' · ')}
      </p>
    </li>
  )
}
