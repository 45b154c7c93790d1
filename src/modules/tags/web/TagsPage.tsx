import { PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import { routes, type Tag } from '#modules/tags/contract.ts'
import { SavedViews } from '#modules/views/web/SavedViews.tsx'
import { useDisplay } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { SearchBox } from '#ui/SearchBox.tsx'
import { Stamp } from '#ui/Stamp.tsx'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import { BatchDialog } from './BatchDialog.tsx'
import { BatchList } from './BatchList.tsx'
import { OverlapDrawer } from './OverlapDrawer.tsx'
import { tagsRoute } from './pages.tsx'
import { RemoveTag } from './RemoveTag.tsx'
import { StaleTags } from './StaleTags.tsx'
import { TagDialog } from './TagDialog.tsx'
import { TagDrawer } from './TagDrawer.tsx'
import { TagRow } from './TagRow.tsx'
import { TagTreePicture } from './TagTreePicture.tsx'
import type { TagDraft } from './tag-draft.ts'
import { placeTags } from './tag-tree.ts'
import { tagWords } from './tag-words.ts'
import './tags.css'

export function TagsPage() {
  const t = useWords(tagWords)
  const can = useCan()
  const search = tagsRoute.useSearch()
  const navigate = tagsRoute.useNavigate()
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const tags = useRoute(routes.list, {})
  const [draft, setDraft] = useState<TagDraft>()
  useEffect(() => {
    if (!search.new) return
    setDraft({})
    void navigate({ search: (old) => ({ ...old, new: undefined }), replace: true })
  }, [search.new, navigate])
  const [leaving, setLeaving] = useState<Tag>()
  const [tagging, setTagging] = useState(false)
  const items = tags.data?.items ?? []
  const mayWrite = can('tag:write')
  const add = mayWrite && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setDraft({})}>
      {t('newTag')}
    </Button>
  )
  const actions = (
    <>
      <SavedViews list="tags" keys={viewKeys} search={search} onChange={set} />
      {items.length > 1 && <Button onClick={() => set({ overlap: '' })}>{t('overlap')}</Button>}
      {can('people:write') && can('segment:read') && (
        <Button onClick={() => setTagging(true)}>{t('batch')}</Button>
      )}
      {add}
    </>
  )
  return (
    <div className="hw-page">
      <PageHeader title={t('title')} purpose={t('purpose')} actions={actions} />
      {items.length > 0 && (
        <TagFilter
          items={items}
          q={search.q ?? ''}
          archived={search.archived === true}
          onQuery={(q) => set({ q })}
          onArchived={(archived) => set({ archived })}
        />
      )}
      {tags.error && !tags.data && <ErrorState error={tags.error} retry={() => void tags.refetch()} />}
      {tags.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {tags.data && items.length === 0 && (
        <EmptyState title={t('emptyTitle')} text={t('emptyText')} picture={<TagTreePicture />} action={add} />
      )}
      {items.length > 0 && (
        <>
          <TagList
            items={items}
            q={search.q ?? ''}
            archived={search.archived === true}
            onOpen={(tag) => set({ tag: tag.id })}
            {...(mayWrite ? { onDraft: setDraft, onRemove: setLeaving } : {})}
          />
          <Stamp updatedAt={tags.dataUpdatedAt} zone={false} />
          <StaleTags onOpen={(tag) => set({ tag: tag.id })} />
          {can('people:write') && <BatchList />}
        </>
      )}
      <TagDialog tags={items} draft={draft} onClose={() => setDraft(undefined)} />
      <RemoveTag
        tag={leaving}
        onClose={() => setLeaving(undefined)}
        onRemoved={() => set({ tag: undefined })}
      />
      <BatchDialog open={tagging} onClose={() => setTagging(false)} />
      <TagDrawer
        tags={items}
        id={search.tag}
        onClose={() => set({ tag: undefined })}
        onDraft={setDraft}
        onRemove={setLeaving}
      />
      <OverlapDrawer tags={items} ids={search.overlap} onChange={(overlap) => set({ overlap })} />
    </div>
  )
}

/** What a view of this list holds. */
const viewKeys = ['q', 'archived'] as const

type FilterProps = {
  items: Tag[]
  q: string
  archived: boolean
  onQuery: (q: string | undefined) => void
  onArchived: (archived: true | undefined) => void
}

function TagFilter({ items, q, archived, onQuery, onArchived }: FilterProps) {
  const t = useWords(tagWords)
  const hidden = items.filter((tag) => tag.archivedAt !== null).length
  return (
    <search className="hw-bar">
      <SearchBox value={q} label={t('search')} onSearch={(text) => onQuery(text || undefined)} />
      <span className="hw-fine">{t('count', { count: items.length - hidden })}</span>
      {hidden > 0 && (
        <Checkbox checked={archived} onChange={(event) => onArchived(event.target.checked || undefined)}>
          {t('showArchived', { count: hidden })}
        </Checkbox>
      )}
    </search>
  )
}

type ListProps = {
  items: Tag[]
  q: string
  archived: boolean
  onOpen: (tag: Tag) => void
  onDraft?: (draft: TagDraft) => void
  onRemove?: (tag: Tag) => void
}

function TagList({ items, q, archived, ...actions }: ListProps) {
  const t = useWords(tagWords)
  const { language } = useDisplay()
  const placed = placeTags(archived ? items : items.filter((tag) => tag.archivedAt === null), q, language)
  if (placed.length === 0)
    return <EmptyState title={q === '' ? t('noneShown') : t('none', { query: q })} text={t('noneText')} />
  return (
    <ul className="tag-list" aria-label={t('title')}>
      {placed.map((one) => (
        <TagRow key={one.tag.id} {...one} {...actions} />
      ))}
    </ul>
  )
}
