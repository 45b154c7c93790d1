import { Form, Input, Select } from 'antd'
import type { Rule } from '#modules/rules/contract.ts'
import { routes as segments } from '#modules/segments/contract.ts'
import { routes } from '#modules/tags/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { shortNumber } from '#ui/format-number.ts'
import { dayName } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { searchByLabel } from '#web/forms/choices.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange, useRoute } from '#web/use-route.ts'
import { whenGiven } from './tag-validity.ts'
import { tagWords } from './tag-words.ts'

type Props = {
  open: boolean
  /** Whom; without it the dialog asks for a segment. */
  ids?: readonly string[]
  /** Everybody a list of people shows, in place of ids. */
  matching?: { rule: Rule | undefined; search: string | undefined; owner: string | undefined; count: number }
  onClose: () => void
  onStarted?: () => void
}
type Values = { segment?: string; add: string[]; remove: string[]; why: string }

/** Gives and takes tags of many people, in the background. */
export function BatchDialog({ open, ids, matching, onClose, onStarted }: Props) {
  const t = useWords(tagWords)
  const toast = useToast()
  const start = useChange(routes.startBatch, [routes.listBatches])
  const undo = useChange(routes.undoBatch, [routes.listBatches])
  const send = async ({ segment, add, remove, why }: Values) => {
    const { count: _count, ...question } = matching ?? {}
    const whom = matching ? { matching: question } : ids ? { ids: [...ids] } : { segment }
    const reason = why.trim() === '' ? {} : { why }
    const batch = await start.mutateAsync({ body: { ...whom, add, remove, ...reason } })
    toast.undo(t('batchStarted'), async () => {
      await undo.mutateAsync({ params: { id: batch.id } })
      toast.done(t('batchUndoStarted'))
    })
    onStarted?.()
  }
  return (
    <FormDialog<Values>
      open={open}
      title={t('batchTitle')}
      action={t('batchStart')}
      initial={{ add: [], remove: [], why: '' }}
      onSubmit={send}
      onClose={onClose}
    >
      {ids || matching ? (
        <p>{t('batchSelected', { count: matching?.count ?? ids?.length ?? 0 })}</p>
      ) : (
        <SegmentField />
      )}
      <TagFields />
      <Form.Item name="why" label={t('why')}>
        <Input maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}

function SegmentField() {
  const t = useWords(tagWords)
  const { language } = useDisplay()
  const { data } = useRoute(segments.list, { query: { limit: 1000, sort: 'name' } })
  const options = (data?.items ?? []).map(({ id, name, size }) => ({
    value: id,
    label: size === null ? name : `${name} · ${t('people', { count: shortNumber(size, language) })}`,
  }))
  return (
    <Form.Item
      name="segment"
      label={t('batchSegment')}
      rules={[{ required: true, message: t('batchSegmentMissing') }]}
    >
      <Select {...searchByLabel} options={options} />
    </Form.Item>
  )
}

function TagFields() {
  const t = useWords(tagWords)
  const { data } = useRoute(routes.list, {}, { staleTime: 30_000 })
  const tags = data?.items ?? []
  const names = (items: typeof tags) => items.map(({ name }) => ({ value: name, label: name }))
  const { timezone, language } = useDisplay()
  const now = Date.now()
  /** Those whose time has not come, or is over, are shown with when and cannot be chosen. */
  const offered = tags
    .filter((tag) => !tag.category && !tag.archivedAt)
    .map((tag) => {
      const when = whenGiven(tag, now)
      const from = tag.validity.from
      const why =
        when === 'later' && from
          ? t('startText', { day: dayName(Date.parse(from), timezone, language, now) })
          : t('overText')
      return {
        value: tag.name,
        label: when === 'now' ? tag.name : `${tag.name} · ${why}`,
        disabled: when !== 'now',
      }
    })
  return (
    <>
      <Form.Item
        name="add"
        label={t('batchAdd')}
        dependencies={['remove']}
        rules={[
          ({ getFieldValue }) => ({
            validator: async (_rule, added: string[]) => {
              if (added.length + (getFieldValue('remove') as string[]).length === 0)
                throw new Error(t('batchNothing'))
            },
          }),
        ]}
      >
        <Select mode="tags" options={offered} />
      </Form.Item>
      <Form.Item name="remove" label={t('batchRemove')}>
        <Select mode="multiple" options={names(tags.filter((tag) => !tag.category))} />
      </Form.Item>
    </>
  )
}
