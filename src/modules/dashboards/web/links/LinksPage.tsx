import { Link } from '@tanstack/react-router'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { usePages } from '#web/use-route.ts'
import type { BoardLink } from '../../contract/links.ts'
import { routes } from '../../contract.ts'
import { dashboardsWords } from '../dashboards-words.ts'
import { BoardPicture } from '../list/BoardPicture.tsx'
import { LinkActs, LinkState } from './LinkLine.tsx'
import '../dashboards.css'

/** Every link by which a board leaves the house: who made it, whether it is used, and how to end it. */
export function LinksPage() {
  const t = useWords(dashboardsWords)
  const source = usePages(routes.listLinks, { query: { limit: 100 } })
  const columns: Column<BoardLink>[] = [
    { id: 'board', title: t('board'), cell: (one) => <BoardOf link={one} /> },
    {
      id: 'maker',
      title: t('maker'),
      width: 150,
      cell: (one) => <span className="hw-clip">{one.maker}</span>,
    },
    { id: 'state', title: t('state'), width: 150, cell: (one) => <LinkState link={one} /> },
    {
      id: 'until',
      title: t('expires'),
      width: 120,
      cell: (one) => <TimeText value={one.expiresAt} as="day" />,
    },
    {
      id: 'last',
      title: t('lastOpened'),
      width: 130,
      cell: (one) => (one.lastOpenedAt ? <TimeText value={one.lastOpenedAt} /> : t('never')),
    },
    { id: 'opened', title: t('opened'), width: 90, align: 'right', cell: (one) => one.opened },
    { id: 'acts', title: '', width: 150, cell: (one) => <LinkActs link={one} /> },
  ]
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader
        title={t('linksTitle')}
        purpose={t('linksPurpose')}
        above={<Link to="/dashboards">{t('allBoards')}</Link>}
      />
      <QueryTable
        label={t('linksTitle')}
        source={source}
        columns={columns}
        rowKey={(one) => one.id}
        card={(one) => (
          <span className="hw-bar">
            <BoardOf link={one} />
            <LinkState link={one} />
            <LinkActs link={one} />
          </span>
        )}
        empty={<EmptyState title={t('noLinks')} text={t('noLinksText')} picture={<BoardPicture />} />}
      />
    </div>
  )
}

const BoardOf = ({ link }: { link: BoardLink }) => (
  <Link to="/dashboards/$id" params={{ id: link.board.id }} className="hw-clip">
    {link.board.name}
  </Link>
)
