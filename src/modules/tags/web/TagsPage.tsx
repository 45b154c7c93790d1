import { PlusOutlined } from '@ant-design/icons'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { routes, type Tag } from '#modules/tags/contract.ts'
import { ConfirmDanger } from '#ui/ConfirmDanger.tsx'
import { useDisplay } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { SearchBox } from '#ui/SearchBox.tsx'
import { Stamp } from '#ui/Stamp.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import { tagsRoute } from './pages.tsx'
import { TagDialog, type TagDraft } from './TagDialog.tsx'
import { TagRow } from './TagRow.tsx'
import { placeTags } from './tag-tree.ts'
import { tagWords } from './tag-words.ts'
import './tags.css'

export function TagsPage() {
  const t = useWords(tagWords)
  const can = useCan()
  const { language } = useDisplay()
  const { q = '' } = tagsRoute.useSearch()
  const navigate = tagsRoute.useNavigate()
  const tags = useRoute(routes.list, {})
  const [draft, setDraft] = useState<TagDraft>()
  const [leaving, setLeaving] = useState<Tag>()
  const items = tags.data?.items ?? []
  const placed = placeTags(items, q, language)
  const mayWrite = can('tag:write')
  const add = mayWrite && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setDraft({ name: '', parent: '' })}>
      {t('newTag')}
    </Button>
  )
  return (
    <div className="hw-page">
      <PageHeader title={t('title')} purpose={t('purpose')} actions={add} />
      {items.length > 0 && (
        <search className="hw-bar">
          <SearchBox
            value={q}
            label={t('search')}
            onSearch={(text) => void navigate({ search: { q: text || undefined }, replace: true })}
          />
          <span className="hw-fine">{t('count', { count: items.length })}</span>
        </search>
      )}
      {tags.error && !tags.data && <ErrorState error={tags.error} retry={() => void tags.refetch()} />}
      {tags.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {tags.data && items.length === 0 && (
        <EmptyState title={t('emptyTitle')} text={t('emptyText')} picture={<TreePicture />} action={add} />
      )}
      {items.length > 0 && placed.length === 0 && (
        <EmptyState title={t('none', { query: q })} text={t('noneText')} />
      )}
      {placed.length > 0 && (
        <>
          <ul className="tag-list" aria-label={t('title')}>
            {placed.map((one) => (
              <TagRow
                key={one.tag.id}
                {...one}
                {...(mayWrite ? { onDraft: setDraft, onRemove: setLeaving } : {})}
              />
            ))}
          </ul>
          <Stamp updatedAt={tags.dataUpdatedAt} zone={false} />
        </>
      )}
      <TagDialog tags={items} draft={draft} onClose={() => setDraft(undefined)} />
      <RemoveTag tag={leaving} onClose={() => setLeaving(undefined)} />
    </div>
  )
}

function RemoveTag({ tag, onClose }: { tag: Tag | undefined; onClose: () => void }) {
  const t = useWords(tagWords)
  const toast = useToast()
  const remove = useChange(routes.remove, [routes.list])
  return (
    <ConfirmDanger
      open={tag !== undefined}
      title={t('removeTitle', { name: tag?.name })}
      phrase={tag?.name ?? ''}
      action={t('remove')}
      onConfirm={async () => {
        if (!tag) return
        await remove.mutateAsync({ params: { id: tag.id } })
        toast.done(t('removed', { name: tag.name }))
      }}
      onClose={onClose}
    >
      {t('removeText', { count: tag?.people })}
    </ConfirmDanger>
  )
}

function TreePicture() {
  const line = (x: number, y: number, width: number, strong = false) => (
    <rect
      key={`${x}${y}`}
      x={x}
      y={y}
      width={width}
      height="16"
      rx="8"
      fill={strong ? 'var(--river)' : 'var(--line-strong)'}
      opacity={strong ? 0.35 : 0.6}
    />
  )
  return (
    <svg width="220" height="112" viewBox="0 0 220 112" aria-hidden="true">
      <rect x=".5" y=".5" width="219" height="111" rx="8" fill="var(--surface)" stroke="var(--line)" />
      <path d="M28 32v60M28 50h14M28 74h14" stroke="var(--line-strong)" fill="none" />
      {line(18, 16, 64, true)}
      {line(44, 42, 52)}
      {line(44, 66, 76)}
      {line(18, 88, 56, true)}
    </svg>
  )
}
