import { Link } from '@tanstack/react-router'
import { Form, Select } from 'antd'
import { routes as segments } from '#modules/segments/contract.ts'
import { routes as jobs } from '#platform/jobs/job-contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { searchByLabel } from '#web/forms/choices.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange, useRoute } from '#web/use-route.ts'
import { bulkWords } from './bulk-words.ts'
import type { Whom } from './SelectionBar.tsx'

type Props = { whom: Whom; open: boolean; onClose: () => void; onDone: () => void }

/** Puts people on a static list: chosen ones at once, everybody a rule holds for by a job. Both are taken back. */
export function AddToListDialog({ whom, open, onClose, onDone }: Props) {
  const t = useWords(bulkWords)
  const toast = useToast()
  const { language } = useDisplay()
  const add = useChange(segments.addPeople, [segments.list, segments.members, jobs.list])
  const undo = useChange(segments.undoChange, [segments.list, segments.members, jobs.list])
  const send = async ({ list }: { list: string }) => {
    const body = whom.matching
      ? { rule: whom.matching.rule ?? { all: [] } }
      : { ids: whom.people.map((person) => person.id) }
    const change = await add.mutateAsync({ params: { id: list }, body })
    const count = exactNumber(whom.count, language)
    const text =
      change.finishedAt === null
        ? t('started', { count })
        : t('listed', { count: exactNumber(change.changed, language) })
    toast.undo(text, async () => {
      await undo.mutateAsync({ params: { id: list, change: change.id } })
      toast.done(t('undoStarted'))
    })
    onDone()
  }
  return (
    <FormDialog<{ list: string }>
      open={open}
      title={t('listTitle', { count: exactNumber(whom.count, language) })}
      action={t('listGo')}
      initial={{}}
      onSubmit={send}
      onClose={onClose}
    >
      <ListField />
    </FormDialog>
  )
}

function ListField() {
  const t = useWords(bulkWords)
  const { data, isLoading } = useRoute(segments.list, { query: { limit: 1000, sort: 'name' } })
  const lists = (data?.items ?? []).filter((segment) => segment.kind === 'list')
  return (
    <Form.Item
      name="list"
      label={t('listField')}
      extra={
        data &&
        lists.length === 0 && (
          <>
            {t('listNone')} <Link to="/segments">{t('listMake')}</Link>
          </>
        )
      }
      rules={[{ required: true, message: t('listMissing') }]}
    >
      <Select
        {...searchByLabel}
        loading={isLoading}
        options={lists.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form.Item>
  )
}
