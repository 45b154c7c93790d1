import { Alert, Button, Drawer, Skeleton } from 'antd'
import { useIsNarrow } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { useRoute } from '#web/use-route.ts'
import type { Board, Filters } from '../../contract/board.ts'
import { routes } from '../../contract.ts'
import { BoardPicture } from '../list/BoardPicture.tsx'
import { MailForm } from './MailForm.tsx'
import { MailLine } from './MailLine.tsx'
import { mailWords } from './mail-words.ts'

type Props = {
  board: Board
  filters: Filters
  /** `true`: the list; `new`; the id of one that is edited; undefined: closed. */
  shown: string | true | undefined
  onShow: (shown: string | true | undefined) => void
}

/** When and to whom a board goes out by mail. */
export function MailDrawer({ board, filters, shown, onShow }: Props) {
  const t = useWords(mailWords)
  const narrow = useIsNarrow()
  return (
    <Drawer
      open={shown !== undefined}
      onClose={() => onShow(undefined)}
      title={t('title', { name: board.name })}
      size={narrow ? '100%' : 600}
      destroyOnHidden
    >
      {shown !== undefined && <Content {...{ board, filters, shown, onShow }} />}
    </Drawer>
  )
}

const soonMs = 2000

function Content({ board, filters, shown, onShow }: Props) {
  const t = useWords(mailWords)
  const input = { params: { id: board.id } }
  const read = useRoute(routes.listMails, input)
  const isRunning = read.data?.items.some(({ last }) => last?.state === 'running') ?? false
  // One that is on its way is looked at until it has arrived.
  useRoute(routes.listMails, input, { enabled: isRunning, every: soonMs })
  if (read.error) return <ErrorState error={read.error} retry={() => void read.refetch()} compact />
  if (!read.data) return <Skeleton active paragraph={{ rows: 6 }} />
  const { items, canSend, canDraw, timezone } = read.data
  const edited = items.find(({ id }) => id === shown)
  return (
    <>
      {!canSend && <Alert type="warning" showIcon title={t('noServer')} className="board-mail-alert" />}
      {canSend && !canDraw && (
        <Alert type="warning" showIcon title={t('noChromium')} className="board-mail-alert" />
      )}
      {shown === 'new' || edited ? (
        <MailForm
          key={edited?.id ?? 'new'}
          {...{ board, filters, timezone }}
          mail={edited}
          onDone={() => onShow(true)}
        />
      ) : (
        <>
          <p>{t('text')}</p>
          <Button type="primary" className="board-mail-add" onClick={() => onShow('new')}>
            {t('add')}
          </Button>
          {items.length === 0 ? (
            <EmptyState title={t('none')} text={t('noneText')} picture={<BoardPicture />} />
          ) : (
            <>
              <ul className="board-mails">
                {items.map((mail) => (
                  <MailLine
                    key={mail.id}
                    {...{ mail, canSend }}
                    board={board.id}
                    onEdit={() => onShow(mail.id)}
                  />
                ))}
              </ul>
              <p className="hw-fine">{t('sentMeans')}</p>
            </>
          )}
        </>
      )}
    </>
  )
}
