import { Form, Input } from 'antd'
import { routes as jobs } from '#platform/jobs/job-contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange } from '#web/use-route.ts'
import { routes } from '../../contract.ts'
import { bulkWords } from './bulk-words.ts'
import type { Whom } from './SelectionBar.tsx'

type Props = { whom: Whom; open: boolean; onClose: () => void; onDone: () => void }

/** Asks why; few go at once, everybody that matches by a job. Both can be taken back. */
export function TrashDialog({ whom, open, onClose, onDone }: Props) {
  const t = useWords(bulkWords)
  const { language } = useDisplay()
  const move = useTrash()
  const [only] = whom.people
  const title =
    whom.count === 1 && only?.name
      ? t('trashOneTitle', { name: only.name })
      : t('trashTitle', { count: exactNumber(whom.count, language) })
  return (
    <FormDialog<{ why: string }>
      open={open}
      title={title}
      action={t('trash')}
      initial={{ why: '' }}
      onSubmit={async ({ why }) => {
        await move(whom, why.trim())
        onDone()
      }}
      onClose={onClose}
    >
      <p className="bulk-text">{t('trashText')}</p>
      <Form.Item name="why" label={t('why')}>
        <Input maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}

const stale = [routes.list, routes.count, routes.bin, routes.get] as const

/** Puts people into the bin, with a toast that takes it back. */
export function useTrash() {
  const t = useWords(bulkWords)
  const toast = useToast()
  const { language } = useDisplay()
  const trash = useChange(routes.trash, stale)
  const restore = useChange(routes.restore, stale)
  const start = useChange(routes.startTrashing, [jobs.list])
  const undo = useChange(routes.undoBatch, [jobs.list])
  return async ({ people, matching, count }: Whom, why: string) => {
    const reason = why === '' ? {} : { why }
    if (matching) {
      const batch = await start.mutateAsync({ body: { matching, ...reason } })
      toast.undo(t('started', { count: exactNumber(count, language) }), async () => {
        await undo.mutateAsync({ params: { id: batch.id } })
        toast.done(t('undoStarted'))
      })
      return
    }
    const ids = people.map((person) => person.id)
    const done = await trash.mutateAsync({ body: { ids, ...reason } })
    const [only] = people
    const text =
      people.length === 1 && only?.name
        ? t('trashedOne', { name: only.name })
        : t('trashed', { count: exactNumber(done.people, language) })
    toast.undo(text, async () => {
      await restore.mutateAsync({ body: { ids } })
      toast.done(t('restored'))
    })
  }
}
