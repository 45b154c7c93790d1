import { ArrowDownOutlined, ArrowUpOutlined, CopyOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { KeyboardEvent } from 'react'
import { useWords } from '#ui/i18n.ts'
import type { Block } from '../../design/design.ts'
import { contentWords } from '../content-words.ts'
import { BlockFace } from './BlockFace.tsx'

type Acts = { up: () => void; down: () => void; duplicate: () => void; remove: () => void }
type Props = {
  block: Block
  isChosen: boolean
  readOnly: boolean
  onChoose: () => void
  onDrag: () => void
  onDrop: () => void
  acts: Acts
}

/** One block on the canvas: chosen by click or Enter, dragged, or moved by keys. */
export function BlockView({ block, isChosen, readOnly, onChoose, onDrag, onDrop, acts }: Props) {
  const t = useWords(contentWords)
  const press = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const by: Record<string, (() => void) | undefined> = readOnly
      ? { Enter: onChoose }
      : {
          Enter: onChoose,
          Delete: acts.remove,
          ...(event.altKey ? { ArrowUp: acts.up, ArrowDown: acts.down } : {}),
          ...(event.ctrlKey || event.metaKey ? { d: acts.duplicate } : {}),
        }
    const act = by[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  const buttons = [
    { word: t('moveUp'), icon: <ArrowUpOutlined />, run: acts.up },
    { word: t('moveDown'), icon: <ArrowDownOutlined />, run: acts.down },
    { word: t('duplicate'), icon: <CopyOutlined />, run: acts.duplicate },
    { word: t('remove'), icon: <DeleteOutlined />, run: acts.remove },
  ]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging is the mouse's way; keys act on what chooses it
    <div
      className={isChosen ? 'content-block content-block-chosen' : 'content-block'}
      draggable={!readOnly}
      onDragStart={onDrag}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.stopPropagation()
        onDrop()
      }}
    >
      <BlockFace block={block} />
      {/* Over the face, beside the buttons: they may not stand in one another, and a button in Firefox cannot be dragged. */}
      {/* biome-ignore lint/a11y/useSemanticElements: as said */}
      <div
        role="button"
        tabIndex={0}
        aria-pressed={isChosen}
        aria-label={t(`block_${block.kind}`)}
        className="content-block-choose"
        onClick={onChoose}
        onKeyDown={press}
      />
      {isChosen && !readOnly && (
        <span className="content-block-acts">
          {buttons.map(({ word, icon, run }) => (
            <Button
              key={word}
              size="small"
              icon={icon}
              aria-label={word}
              title={word}
              onClick={(event) => {
                event.stopPropagation()
                run()
              }}
            />
          ))}
        </span>
      )}
    </div>
  )
}
