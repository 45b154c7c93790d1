import { Form, Radio, Select } from 'antd'
import { useState } from 'react'
import { routes as analytics } from '#modules/analytics/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange, useRoute } from '#web/use-route.ts'
import type { Board } from '../../contract/board.ts'
import { routes } from '../../contract.ts'
import { dashboardsWords } from '../dashboards-words.ts'
import { formsOf } from './TileMenu.tsx'

type ShownForm = ReturnType<typeof formsOf>[number]
type Values = { analysis: string; show: ShownForm }

/** Puts a saved analysis on the board it is opened from. */
export function AddAnalysisDialog({
  board,
  open,
  onClose,
}: {
  board: Board
  open: boolean
  onClose: () => void
}) {
  const t = useWords(dashboardsWords)
  const toast = useToast()
  const add = useChange(routes.addTile, [routes.get, routes.list])
  const submit = async (body: Values) => {
    await add.mutateAsync({ params: { id: board.id }, body })
    toast.done(t('added', { name: board.name }))
  }
  return (
    <FormDialog<Values>
      open={open}
      title={t('addTitle')}
      action={t('add')}
      initial={{ show: 'chart' }}
      onClose={onClose}
      onSubmit={submit}
    >
      {open && <Fields />}
    </FormDialog>
  )
}

function Fields() {
  const t = useWords(dashboardsWords)
  const [search, setSearch] = useState('')
  const form = Form.useFormInstance<Values>()
  const chosen = Form.useWatch('analysis', form)
  const query = { limit: 50, ...(search ? { search } : {}) }
  const list = useRoute(analytics.listSaved, { query }, { keep: true, staleTime: 10_000 })
  const items = list.data?.items ?? []
  const kind = items.find(({ id }) => id === chosen)?.kind
  return (
    <>
      <Form.Item
        name="analysis"
        label={t('analysis')}
        rules={[{ required: true, message: t('analysisMissing') }]}
      >
        <Select
          aria-label={t('analysis')}
          showSearch={{ filterOption: false, onSearch: setSearch }}
          loading={list.isFetching}
          options={items.map(({ id, name, folder }) => ({
            value: id,
            label: folder ? `${folder} / ${name}` : name,
          }))}
          notFoundContent={list.data ? t('analysisNone') : undefined}
        />
      </Form.Item>
      <ShownAs kind={kind} />
    </>
  )
}

/** Chart, table, both; of a trend a number, too. */
export function ShownAs({ kind }: { kind: string | undefined }) {
  const t = useWords(dashboardsWords)
  return (
    <Form.Item name="show" label={t('form')}>
      <Radio.Group options={formsOf(kind).map((value) => ({ value, label: t(`show.${value}`) }))} />
    </Form.Item>
  )
}
