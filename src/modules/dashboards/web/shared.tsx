import { Link } from '@tanstack/react-router'
import { Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import type { Board } from '../contract/board.ts'
import { routes } from '../contract.ts'
import { dashboardsWords } from './dashboards-words.ts'
import { ShownAs } from './edit/AddAnalysisDialog.tsx'
import type { formsOf } from './edit/TileMenu.tsx'

const newBoard = '*new'
type Values = { board: string; name?: string; show: ReturnType<typeof formsOf>[number] }
type Props = {
  /** A saved analysis; undefined: the dialog is closed. */
  analysis: { id: string; name: string; kind: string } | undefined
  onClose: () => void
}

/** Whether to offer it at all. */
export const useMayAddToBoard = (): boolean => useCan()('dashboard:write')

/** Puts a saved analysis on a board, which may be made on the way. */
export function AddToBoard({ analysis, onClose }: Props) {
  const t = useWords(dashboardsWords)
  const toast = useToast()
  const create = useChange(routes.create, [routes.list])
  const add = useChange(routes.addTile, [routes.get, routes.list])
  const [done, setDone] = useState<Board>()
  const submit = async ({ board, name, show }: Values) => {
    if (!analysis) return
    const id = board === newBoard ? (await create.mutateAsync({ body: { name: name ?? '' } })).id : board
    const shown = await add.mutateAsync({ params: { id }, body: { analysis: analysis.id, show } })
    setDone(shown)
    toast.done(t('added', { name: shown.name }))
  }
  return (
    <>
      <FormDialog<Values>
        open={analysis !== undefined}
        title={t('addToBoard')}
        action={t('add')}
        initial={{ show: 'chart' }}
        onClose={onClose}
        onSubmit={submit}
      >
        {analysis && <Fields kind={analysis.kind} />}
      </FormDialog>
      {done && (
        <Link to="/dashboards/$id" params={{ id: done.id }} className="hw-fine">
          {t('openBoard')}
        </Link>
      )}
    </>
  )
}

function Fields({ kind }: { kind: string }) {
  const t = useWords(dashboardsWords)
  const form = Form.useFormInstance<Values>()
  const board = Form.useWatch('board', form)
  const [search, setSearch] = useState('')
  const query = { limit: 50, ...(search ? { search } : {}) }
  const list = useRoute(routes.list, { query }, { keep: true, staleTime: 10_000 })
  return (
    <>
      <Form.Item name="board" label={t('whichBoard')} rules={[{ required: true, message: t('whichBoard') }]}>
        <Select
          aria-label={t('whichBoard')}
          showSearch={{ filterOption: false, onSearch: setSearch }}
          loading={list.isFetching}
          options={[
            ...(list.data?.items ?? []).map(({ id, name, folder }) => ({
              value: id,
              label: folder ? `${folder} / ${name}` : name,
            })),
            { value: newBoard, label: t('newBoardOption') },
          ]}
        />
      </Form.Item>
      {board === newBoard && (
        <Form.Item
          name="name"
          label={t('name')}
          rules={[{ required: true, whitespace: true, message: t('nameMissing') }]}
        >
          <Input maxLength={120} placeholder={t('namePlaceholder')} />
        </Form.Item>
      )}
      <ShownAs kind={kind} />
    </>
  )
}
