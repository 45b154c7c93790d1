import { StarFilled, StarOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { Column } from '#ui/QueryTable.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useChange } from '#web/use-route.ts'
import type { BoardLine } from '../../contract/board.ts'
import { routes } from '../../contract.ts'
import { dashboardsWords } from '../dashboards-words.ts'
import { BoardActs } from './BoardActs.tsx'

export function useBoardColumns(): Column<BoardLine>[] {
  const t = useWords(dashboardsWords)
  return [
    { id: 'name', title: t('name'), cell: (one) => <BoardName board={one} /> },
    { id: 'folder', title: t('folder'), width: 150, cell: (one) => one.folder || '–' },
    { id: 'tiles', title: t('tiles'), width: 80, align: 'right', cell: (one) => one.tiles },
    {
      id: 'owner',
      title: t('owner'),
      width: 150,
      cell: (one) => <span className="hw-clip">{one.owner}</span>,
    },
    { id: 'updated', title: t('updatedAt'), width: 120, cell: (one) => <TimeText value={one.updatedAt} /> },
    { id: 'acts', title: '', width: 60, cell: (one) => <BoardActs board={one} /> },
  ]
}

/** Star, name, what it is for. */
export function BoardName({ board }: { board: BoardLine }) {
  return (
    <span className="board-name">
      <Star board={board} />
      <Link to="/dashboards/$id" params={{ id: board.id }} className="hw-clip">
        {board.name}
      </Link>
      <span className="hw-fine hw-clip">{board.description}</span>
    </span>
  )
}

/** Keeps a board on top of one's own list. */
export function Star({ board }: { board: Pick<BoardLine, 'id' | 'name' | 'favourite'> }) {
  const t = useWords(dashboardsWords)
  const toast = useToast()
  const change = useChange(routes.setFavourite, [routes.list, routes.get])
  const act = () =>
    change
      .mutateAsync({ params: { id: board.id }, body: { favourite: !board.favourite } })
      .catch((error: unknown) => toast.failed(error))
  return (
    <Button
      type="text"
      size="small"
      aria-label={t(board.favourite ? 'unfavourite' : 'favourite', { name: board.name })}
      aria-pressed={board.favourite}
      icon={board.favourite ? <StarFilled className="board-star" /> : <StarOutlined />}
      onClick={() => void act()}
    />
  )
}
