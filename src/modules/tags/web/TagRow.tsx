import { DeleteOutlined, EditOutlined, MoreOutlined, PlusOutlined, TagOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Dropdown, Tooltip } from 'antd'
import type { Tag } from '#modules/tags/contract.ts'
import { useDisplay, useIsNarrow } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { TagDraft } from './TagDialog.tsx'
import type { PlacedTag } from './tag-tree.ts'
import { tagWords } from './tag-words.ts'

type Props = PlacedTag & { onDraft?: (draft: TagDraft) => void; onRemove?: (tag: Tag) => void }

export function TagRow({ tag, depth, isParent, onDraft, onRemove }: Props) {
  const t = useWords(tagWords)
  const narrow = useIsNarrow()
  const { language } = useDisplay()
  const actions = onDraft && onRemove && { onDraft, onRemove }
  return (
    <li>
      <span className="tag-name" style={{ paddingLeft: depth * (narrow ? 16 : 24) }}>
        <TagOutlined aria-hidden="true" />
        <span className={`hw-clip${isParent ? ' tag-parent' : ''}`}>{tag.name}</span>
      </span>
      <Tooltip title={t('seePeople', { name: tag.name })}>
        <Link to="/people" search={{ rule: { all: [{ tag: tag.name }] } }} className="tag-people hw-number">
          {t('people', { count: exactNumber(tag.people, language) })}
          <span className="hw-sr"> {t('seePeople', { name: tag.name })}</span>
        </Link>
      </Tooltip>
      {actions && (narrow ? <RowMenu tag={tag} {...actions} /> : <RowButtons tag={tag} {...actions} />)}
    </li>
  )
}

type ActionProps = { tag: Tag; onDraft: (draft: TagDraft) => void; onRemove: (tag: Tag) => void }
const draftOf = (tag: Tag): TagDraft => ({ id: tag.id, name: tag.name, parent: tag.parent ?? '' })

function RowButtons({ tag, onDraft, onRemove }: ActionProps) {
  const t = useWords(tagWords)
  return (
    <span className="hw-bar">
      <Button
        size="small"
        type="text"
        icon={<PlusOutlined />}
        onClick={() => onDraft({ name: '', parent: tag.name })}
      >
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
    { key: 'below', label: t('newBelow'), onClick: () => onDraft({ name: '', parent: tag.name }) },
    { key: 'edit', label: t('edit'), onClick: () => onDraft(draftOf(tag)) },
    { key: 'remove', label: t('remove'), danger: true, onClick: () => onRemove(tag) },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button type="text" icon={<MoreOutlined />} aria-label={tag.name} />
    </Dropdown>
  )
}
