import { DeleteOutlined, EditOutlined, MoreOutlined, PlusOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Dropdown, Tooltip } from 'antd'
import type { Tag } from '#modules/tags/contract.ts'
import { useDisplay, useIsNarrow } from '#ui/display.tsx'
import { percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { TagDot } from './TagDot.tsx'
import { draftOf, type TagDraft } from './tag-draft.ts'
import type { PlacedTag } from './tag-tree.ts'
import { tagWords } from './tag-words.ts'

type Props = PlacedTag & {
  onOpen: (tag: Tag) => void
  onDraft?: (draft: TagDraft) => void
  onRemove?: (tag: Tag) => void
}

export function TagRow({ tag, depth, isParent, onOpen, onDraft, onRemove }: Props) {
  const t = useWords(tagWords)
  const { language } = useDisplay()
  const narrow = useIsNarrow()
  const actions = onDraft && onRemove && { onDraft, onRemove }
  return (
    <li>
      <span className="tag-name" style={{ paddingLeft: depth * (narrow ? 16 : 24) }}>
        <TagDot color={tag.color} />
        <button type="button" aria-haspopup="dialog" onClick={() => onOpen(tag)}>
          <span className={`hw-clip${isParent ? ' tag-parent' : ''}${tag.archivedAt ? ' tag-archived' : ''}`}>
            {tag.name}
          </span>
        </button>
        {tag.category && <span className="hw-pill">{t('categoryMark')}</span>}
        {tag.archivedAt && <span className="hw-pill hw-pill-warning">{t('archivedMark')}</span>}
      </span>
      <span className="hw-fine tag-use">{tag.usedBy > 0 ? t('used', { count: tag.usedBy }) : ''}</span>
      <span className="hw-fine hw-number tag-share">
        {tag.people > 0 ? percent(tag.share, language) : ''}
      </span>
      <Tooltip title={t('seePeople', { name: tag.name })}>
        <Link to="/people" search={{ rule: { all: [{ tag: tag.name }] } }} className="tag-people hw-number">
          {t('people', { count: tag.people })}
          <span className="hw-sr"> {t('seePeople', { name: tag.name })}</span>
        </Link>
      </Tooltip>
      {actions && (narrow ? <RowMenu tag={tag} {...actions} /> : <RowButtons tag={tag} {...actions} />)}
    </li>
  )
}

type ActionProps = { tag: Tag; onDraft: (draft: TagDraft) => void; onRemove: (tag: Tag) => void }

function RowButtons({ tag, onDraft, onRemove }: ActionProps) {
  const t = useWords(tagWords)
  return (
    <span className="hw-bar">
      <Button size="small" type="text" icon={<PlusOutlined />} onClick={() => onDraft({ parent: tag.name })}>
        {t('newBelow')}
      </Button>
      <Tooltip title={t('edit')}>
        <Button
          size="small"
          type="text"
          icon={<EditOutlined />}
          aria-label={`${t('edit')} ${tag.name}`}
          onClick={() => onDraft(draftOf(tag))}
        />
      </Tooltip>
      <Tooltip title={t('remove')}>
        <Button
          size="small"
          type="text"
          danger
          icon={<DeleteOutlined />}
          aria-label={`${t('remove')} ${tag.name}`}
          onClick={() => onRemove(tag)}
        />
      </Tooltip>
    </span>
  )
}

function RowMenu({ tag, onDraft, onRemove }: ActionProps) {
  const t = useWords(tagWords)
  const items = [
    { key: 'below', label: t('newBelow'), onClick: () => onDraft({ parent: tag.name }) },
    { key: 'edit', label: t('edit'), onClick: () => onDraft(draftOf(tag)) },
    { key: 'remove', label: t('remove'), danger: true, onClick: () => onRemove(tag) },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button type="text" icon={<MoreOutlined />} aria-label={tag.name} />
    </Dropdown>
  )
}
