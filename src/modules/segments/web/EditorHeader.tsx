import { DeleteOutlined, EllipsisOutlined, FileZipOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Dropdown, Input, Tooltip } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { ExportButton } from '#modules/exports/web/ExportButton.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import type { Segment } from '../contract.ts'
import { downloadPack } from './packs/download-pack.ts'
import { packWords } from './packs/pack-words.ts'
import { StatePill } from './SegmentCells.tsx'
import type { Draft } from './SegmentEditor.tsx'
import { segmentWords } from './segment-words.ts'

type Props = {
  segment: Segment | undefined
  draft: Draft
  changed: boolean
  saving: boolean
  obstacle: string | undefined
  onChange: (change: Partial<Draft>) => void
  onSave: () => void
  onDiscard: () => void
  onRemove: (() => Promise<void>) | undefined
  /** What else can be done here. */
  actions?: ReactNode
}

/** Name and note are written where they are read. */
export function EditorHeader({
  segment,
  draft,
  changed,
  saving,
  obstacle,
  onChange,
  onSave,
  onDiscard,
  onRemove,
  actions,
}: Props) {
  const t = useWords(segmentWords)
  const can = useCan()
  const title = draft.name || t('newTitle')
  useEffect(() => {
    document.title = `${title} · Headwater`
  }, [title])
  const toast = useToast()
  const p = useWords(packWords)
  const download = async () => {
    if (!segment) return
    try {
      await downloadPack(segment)
      toast.done(p('made'))
    } catch (error) {
      toast.failed(error)
    }
  }
  const more = [
    {
      key: 'pack',
      icon: <FileZipOutlined aria-hidden="true" />,
      label: p('make'),
      onClick: () => void download(),
    },
    {
      key: 'delete',
      icon: <DeleteOutlined aria-hidden="true" />,
      label: t('delete'),
      danger: true,
      onClick: () => void onRemove?.(),
    },
  ]
  return (
    <header className="hw-page-header">
      <div className="hw-page-title">
        <div className="hw-page-above">
          <Link to="/segments">{t('back')}</Link>
        </div>
        <h1 className="hw-sr">{title}</h1>
        <div className="segment-title">
          <Input
            className="segment-title-name"
            variant="borderless"
            aria-label={t('nameField')}
            placeholder={t('namePlaceholder')}
            maxLength={120}
            value={draft.name}
            autoFocus={!segment}
            onChange={(event) => onChange({ name: event.target.value })}
          />
          {segment && <StatePill segment={segment} />}
        </div>
        <Input
          className="segment-title-note"
          variant="borderless"
          aria-label={t('description')}
          placeholder={t('descriptionPlaceholder')}
          maxLength={1000}
          value={draft.description}
          onChange={(event) => onChange({ description: event.target.value })}
        />
      </div>
      <div className="hw-page-actions">
        {actions}
        {segment && !changed && <ExportButton subject={{ segment }} />}
        {segment && changed && <Button onClick={onDiscard}>{t('discard')}</Button>}
        {segment && onRemove && can('segment:write') && (
          <Dropdown menu={{ items: more }} trigger={['click']} placement="bottomRight">
            <Button icon={<EllipsisOutlined aria-hidden="true" />} aria-label={t('more')} />
          </Dropdown>
        )}
        {/* Of a list nothing but its name is saved: the button comes when there is something to save. */}
        {(!actions || changed) && (
          <Tooltip title={obstacle}>
            <Button type="primary" onClick={onSave} loading={saving} disabled={obstacle !== undefined}>
              {segment ? t('save') : t('saveNew')}
            </Button>
          </Tooltip>
        )}
      </div>
    </header>
  )
}
