import { Link } from '@tanstack/react-router'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { type ReviewItem, routes } from '#modules/profiles/contract.ts'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { Stamp } from '#ui/Stamp.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import { kindName } from '../identity-kinds/KindDialog.tsx'
import { reviewWords } from './review-words.ts'

export function ReviewPage() {
  const t = useWords(reviewWords)
  const review = useRoute(routes.review, {})
  const [blocking, setBlocking] = useState<ReviewItem>()
  const columns = useColumns(setBlocking)
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader title={t('title')} purpose={t('purpose')} />
      <QueryTable
        label={t('title')}
        source={{
          rows: review.data?.items ?? [],
          loading: review.isPending,
          error: review.error,
          hasMore: false,
          loadingMore: false,
          loadMore: () => undefined,
          retry: () => void review.refetch(),
        }}
        columns={columns}
        rowKey={(row) => row.id}
        rowHeight={56}
        card={(row) => (
          <>
            <Finding row={row} />
            <div>{row.values.join(' · ')}</div>
            <People row={row} />
            <Actions row={row} onBlock={setBlocking} />
          </>
        )}
        empty={<EmptyState title={t('emptyTitle')} text={t('emptyText')} />}
      />
      <div className="hw-bar">
        {(review.data?.items.length ?? 0) > 0 && <span className="hw-fine">{t('hint')}</span>}
        <Stamp updatedAt={review.dataUpdatedAt} zone={false} />
      </div>
      <BlockDialog item={blocking} onClose={() => setBlocking(undefined)} />
    </div>
  )
}

function useColumns(onBlock: (row: ReviewItem) => void): Column<ReviewItem>[] {
  const t = useWords(reviewWords)
  return [
    { id: 'finding', title: t('finding'), width: 240, cell: (row) => <Finding row={row} /> },
    {
      id: 'values',
      title: t('values'),
      cell: (row) => (
        <span className="hw-mono" title={row.values.join('\n')}>
          {row.values.join(' · ')}
        </span>
      ),
    },
    { id: 'people', title: t('people'), cell: (row) => <People row={row} /> },
    {
      id: 'actions',
      title: t('actions'),
      width: 260,
      cell: (row) => <Actions row={row} onBlock={onBlock} />,
    },
  ]
}

function Finding({ row }: { row: ReviewItem }) {
  const t = useWords(reviewWords)
  return <strong>{t(row.reason, { count: row.count, kind: kindName(row.kind) })}</strong>
}

function People({ row }: { row: ReviewItem }) {
  const t = useWords(reviewWords)
  return (
    <>
      {row.people.map((person, at) => (
        <span key={person.id}>
          {at > 0 && ' · '}
          <Link to="/people/$id" params={{ id: person.id }} search={{ panel: 'identity' }}>
            {person.name ?? t('nameless')}
          </Link>
        </span>
      ))}{' '}
      {row.reason === 'shared' && row.count > row.people.length && (
        <span className="hw-fine">{t('more', { count: row.count })}</span>
      )}
    </>
  )
}

function Actions({ row, onBlock }: { row: ReviewItem; onBlock: (row: ReviewItem) => void }) {
  const t = useWords(reviewWords)
  const can = useCan()
  const toast = useToast()
  const accept = useChange(routes.acceptReview, [routes.review])
  const { id, count } = row
  return (
    <>
      {can('identity:write') && (
        <Button
          size="small"
          loading={accept.isPending}
          onClick={() =>
            accept
              .mutateAsync({ body: { id, count } })
              .then(() => toast.done(t('accepted')))
              .catch(toast.failed)
          }
        >
          {t('accept')}
        </Button>
      )}{' '}
      {row.reason === 'shared' && can('identity:write') && can('setting:write') && (
        <Button size="small" onClick={() => onBlock(row)}>
          {t('block')}
        </Button>
      )}
    </>
  )
}

/** Blocking is a rule of the value's kind; what is blocked needs no further look. */
function BlockDialog({ item, onClose }: { item: ReviewItem | undefined; onClose: () => void }) {
  const t = useWords(reviewWords)
  const toast = useToast()
  const kinds = useRoute(routes.identityKinds, {}, { enabled: item !== undefined })
  const save = useChange(routes.saveIdentityKind, [routes.identityKinds])
  const accept = useChange(routes.acceptReview, [routes.review])
  const [value = ''] = item?.values ?? []
  const rule = kinds.data?.items.find((one) => one.kind === item?.kind)
  const block = async () => {
    if (!item) return
    const { kind, builtIn: _fixed, ...known } = rule ?? newKind(item.kind)
    try {
      await save.mutateAsync({ params: { kind }, body: { ...known, blocked: [...known.blocked, value] } })
      await accept.mutateAsync({ body: { id: item.id, count: item.count } })
      toast.done(t('blocked'))
      onClose()
    } catch (error) {
      toast.failed(error)
    }
  }
  return (
    <Modal
      open={item !== undefined}
      title={t('blockTitle', { value })}
      okText={t('block')}
      okButtonProps={{ danger: true, disabled: !kinds.data }}
      confirmLoading={save.isPending || accept.isPending}
      onOk={() => void block()}
      onCancel={onClose}
    >
      {t('blockText')}
    </Modal>
  )
}

/** Kinds that nobody configured are contacts with the usual limits. */
const newKind = (kind: string) => ({
  kind,
  builtIn: false,
  class: 'contact' as const,
  priority: 50,
  limit: 5,
  blocked: [] as string[],
})
