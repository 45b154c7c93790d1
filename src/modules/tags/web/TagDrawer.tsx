import { Link } from '@tanstack/react-router'
import { Button, Drawer, Skeleton } from 'antd'
import { useState } from 'react'
import { routes, type Tag } from '#modules/tags/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import type { Answer } from '#web/api-client.ts'
import { useCan } from '#web/session.ts'
import { useChange, usePages, useRoute } from '#web/use-route.ts'
import { MergeDialog } from './MergeDialog.tsx'
import { TagDot } from './TagDot.tsx'
import { TagEntries } from './TagEntries.tsx'
import { draftOf, type TagDraft } from './tag-draft.ts'
import { tagWords } from './tag-words.ts'

type Props = {
  tags: Tag[]
  id: string | undefined
  onClose: () => void
  onDraft: (draft: TagDraft) => void
  onRemove: (tag: Tag) => void
}
type OneTag = Answer<typeof routes.get>

/** All of one tag: what it is, who asks for it, whom it was given. */
export function TagDrawer({ tags, id, onClose, onDraft, onRemove }: Props) {
  const name = tags.find((tag) => tag.id === id)?.name
  return (
    <Drawer open={id !== undefined} onClose={onClose} title={name} size="min(560px, 100vw)" destroyOnHidden>
      {id !== undefined && (
        <Body id={id} tags={tags} onDraft={onDraft} onRemove={onRemove} onClose={onClose} />
      )}
    </Drawer>
  )
}

function Body({ id, tags, onDraft, onRemove, onClose }: Props & { id: string }) {
  const t = useWords(tagWords)
  const can = useCan()
  const query = useRoute(routes.get, { params: { id } })
  const history = usePages(routes.history, { params: { id }, query: { limit: 20 } })
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />
  if (!query.data) return <Skeleton active paragraph={{ rows: 8 }} />
  const tag = query.data
  return (
    <div className="tag-drawer">
      {can('tag:write') && (
        <Actions tag={tag} tags={tags} onDraft={onDraft} onRemove={onRemove} onClose={onClose} />
      )}
      <Facts tag={tag} />
      <Users users={tag.users} />
      <section>
        <h3>{t('history')}</h3>
        <TagEntries source={history} about="person" />
      </section>
    </div>
  )
}

type ActionProps = Omit<Props, 'id'> & { tag: OneTag }

function Actions({ tag, tags, onDraft, onRemove, onClose }: ActionProps) {
  const t = useWords(tagWords)
  const toast = useToast()
  const [merging, setMerging] = useState(false)
  const refresh = [routes.list, routes.get, routes.stale]
  const archive = useChange(routes.archive, refresh)
  const unarchive = useChange(routes.unarchive, refresh)
  const isArchived = tag.archivedAt !== null
  const toggle = async () => {
    const params = { id: tag.id }
    await (isArchived ? unarchive : archive).mutateAsync({ params })
    toast.done(t(isArchived ? 'unarchivedDone' : 'archivedDone', { name: tag.name }))
  }
  return (
    <div className="hw-bar">
      <Button onClick={() => onDraft(draftOf(tag))}>{t('edit')}</Button>
      <Button onClick={() => setMerging(true)}>{t('merge')}</Button>
      <Button onClick={() => void toggle().catch(toast.failed)}>
        {isArchived ? t('unarchive') : t('archive')}
      </Button>
      <Button onClick={() => onRemove(tag)}>{t('remove')}</Button>
      <MergeDialog
        tag={tag}
        tags={tags}
        open={merging}
        onClose={() => setMerging(false)}
        onMerged={onClose}
      />
    </div>
  )
}

function Facts({ tag }: { tag: OneTag }) {
  const t = useWords(tagWords)
  const { language } = useDisplay()
  const { from, until, days } = tag.validity
  return (
    <dl className="tag-facts">
      {tag.description !== '' && (
        <>
          <dt>{t('description')}</dt>
          <dd>{tag.description}</dd>
        </>
      )}
      <dt>{t('reach')}</dt>
      <dd className="hw-bar">
        <TagDot color={tag.color} />
        <Link to="/people" search={{ rule: { all: [{ tag: tag.name }] } }} className="hw-number">
          {t('people', { count: tag.people })}
        </Link>
        <span className="hw-fine">{t('share', { share: percent(tag.share, language) })}</span>
      </dd>
      <dt>{t('owner')}</dt>
      <dd>{tag.owner?.name ?? t('noOwner')}</dd>
      <dt>{t('validity')}</dt>
      <dd>
        {from !== null && (
          <>
            <TimeText value={from} as="minute" /> →{' '}
          </>
        )}
        {until !== null && <TimeText value={until} as="minute" />}
        {until === null && (days === null ? t('always') : t('daysText', { count: days }))}
      </dd>
      <dt>{t('lastAssigned')}</dt>
      <dd>{tag.lastAssignedAt ? <TimeText value={tag.lastAssignedAt} /> : t('neverAssigned')}</dd>
      <dt>{t('created')}</dt>
      <dd>
        <TimeText value={tag.createdAt} />
      </dd>
    </dl>
  )
}

function Users({ users }: Pick<OneTag, 'users'>) {
  const t = useWords(tagWords)
  return (
    <section>
      <h3>{t('usedBy')}</h3>
      {users.length === 0 && <p className="hw-fine">{t('usedByNone')}</p>}
      <ul>
        {users.map((user) => (
          <li key={user.id}>
            <Link to="/segments/$id" params={{ id: user.id }}>
              {user.name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
