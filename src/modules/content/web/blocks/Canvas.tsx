import { PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import type { BlockKind, Design } from '../../design/design.ts'
import { contentWords } from '../content-words.ts'
import { BlockView } from './BlockView.tsx'
import {
  dropBlock,
  duplicateBlock,
  insertBlock,
  moveBlock,
  newBlock,
  newSection,
  type Place,
  removeBlock,
} from './change-design.ts'
import { SectionBar } from './SectionBar.tsx'

type Props = {
  design: Design
  chosen: string | undefined
  readOnly: boolean
  onChoose: (id: string | undefined) => void
  onChange: (design: Design) => void
}
const offered: BlockKind[] = [
  'text',
  'heading',
  'image',
  'button',
  'divider',
  'spacer',
  'social',
  'card',
  'coupon',
  'footer',
  'code',
]

/** The mail as it is built. Every drag has a key: arrows with Alt move, Ctrl or ⌘ + D doubles, Delete removes. */
export function Canvas({ design, chosen, readOnly, onChoose, onChange }: Props) {
  const t = useWords(contentWords)
  const [dragged, setDragged] = useState<string>()
  const add = (kind: BlockKind, place: Place) => {
    const block = newBlock(kind, { label: t('label'), title: t('block_heading') })
    const at = design.sections[place.section]?.columns[place.column]?.length ?? 0
    onChange(insertBlock(design, place, at, block))
    onChoose(block.id)
  }
  const drop = (place: Place, before?: string) => {
    if (dragged) onChange(dropBlock(design, dragged, place, before))
    setDragged(undefined)
  }
  const acts = (id: string) => ({
    up: () => onChange(moveBlock(design, id, -1)),
    down: () => onChange(moveBlock(design, id, 1)),
    duplicate: () => onChange(duplicateBlock(design, id)),
    remove: () => {
      onChange(removeBlock(design, id))
      onChoose(undefined)
    },
  })
  return (
    <div className="content-canvas">
      {design.sections.map((section, index) => (
        <section key={section.id} className="content-section" aria-label={t('sectionN', { n: index + 1 })}>
          {!readOnly && <SectionBar design={design} section={section} n={index + 1} onChange={onChange} />}
          {section.code !== null ? (
            <pre className="content-section-code">{section.code}</pre>
          ) : (
            <div className="content-columns" style={{ background: section.background || undefined }}>
              {section.columns.map((blocks, column) => {
                const place = { section: index, column }
                return (
                  // biome-ignore lint/a11y/noStaticElementInteractions: dropping has a twin in the menu and keys
                  <div
                    // biome-ignore lint/suspicious/noArrayIndexKey: columns have no name of their own
                    key={column}
                    className="content-column"
                    onDragOver={(event) => event.preventDefault()}
                    onDrop={() => drop(place)}
                  >
                    {blocks.map((block) => (
                      <BlockView
                        key={block.id}
                        block={block}
                        isChosen={block.id === chosen}
                        readOnly={readOnly}
                        onChoose={() => onChoose(block.id)}
                        onDrag={() => setDragged(block.id)}
                        onDrop={() => drop(place, block.id)}
                        acts={acts(block.id)}
                      />
                    ))}
                    {blocks.length === 0 && <p className="content-empty">{t('emptyColumn')}</p>}
                    {!readOnly && (
                      <Dropdown
                        trigger={['click']}
                        menu={{
                          items: offered.map((kind) => ({
                            key: kind,
                            label: t(`block_${kind}`),
                            onClick: () => add(kind, place),
                          })),
                        }}
                      >
                        <Button
                          size="small"
                          className="content-add"
                          icon={<PlusOutlined aria-hidden="true" />}
                        >
                          {t('addBlock')}
                        </Button>
                      </Dropdown>
                    )}
                  </div>
                )
              })}
            </div>
          )}
        </section>
      ))}
      {!readOnly && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: ([1, 2, 3] as const).map((count) => ({
              key: count,
              label: t(`columns${count}`),
              onClick: () => onChange({ ...design, sections: [...design.sections, newSection(count)] }),
            })),
          }}
        >
          <Button block icon={<PlusOutlined aria-hidden="true" />}>
            {t('addSection')}
          </Button>
        </Dropdown>
      )}
    </div>
  )
}
