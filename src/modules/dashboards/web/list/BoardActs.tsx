import { MoreOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, Dropdown, type MenuProps } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange } from '#web/use-route.ts'
import type { BoardLine } from '../../contract/board.ts'
import { routes } from '../../contract.ts'
import { dashboardsWords } from '../dashboards-words.ts'
import { BoardDialog } from './BoardDialog.tsx'

type Named = Pick<BoardLine, 'id' | 'name' | 'folder' | 'description' | 'version'>
type Props = {
  board: Named
  /** More entries, above those every board has. */
  more?: MenuProps['items']
  /** Where to after it was deleted. */
  onRemoved?: () => void
}

/** Rename, duplicate, delete with undo. */
export function BoardActs({ board, more = [], onRemoved }: Props) {
  const t = useWords(dashboardsWords)
  const can = useCan()
  const toast = useToast()
  const navigate = useNavigate()
  const [dialog, setDialog] = useState<'edit' | 'copy'>()
  const remove = useChange(routes.remove, [routes.list])
  const restore = useChange(routes.restore, [routes.list, routes.get])
  const takeAway = async () => {
    try {
      await remove.mutateAsync({ params: { id: board.id } })
      onRemoved?.()
      toast.undo(t('removed', { name: board.name }), () => restore.mutateAsync({ params: { id: board.id } }))
    } catch (error) {
      toast.failed(error)
    }
  }
  if (!can('dashboard:write') && more.length === 0) return null
  const own: MenuProps['items'] = can('dashboard:write')
    ? [
        { key: 'edit', label: t('edit'), onClick: () => setDialog('edit') },
        { key: 'copy', label: t('copy'), onClick: () => setDialog('copy') },
        { key: 'remove', label: t('remove'), danger: true, onClick: () => void takeAway() },
      ]
    : []
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items: [...more, ...own] }}>
        <Button
          type={onRemoved ? 'default' : 'text'}
          icon={<MoreOutlined />}
          aria-label={t('acts', { name: board.name })}
        />
      </Dropdown>
      <BoardDialog
        open={dialog !== undefined}
        board={board}
        copy={dialog === 'copy'}
        onClose={() => setDialog(undefined)}
        onDone={(id) => {
          if (dialog === 'copy') void navigate({ to: '/dashboards/$id', params: { id } })
        }}
      />
    </>
  )
}
