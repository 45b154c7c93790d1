import { useRef, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import type { Block, Design } from '../../design/design.ts'
import { readMjml } from '../../design/read-mjml.ts'
import { writeMjml } from '../../design/write-mjml.ts'
import { contentWords } from '../content-words.ts'
import { BlockForm } from './BlockForm.tsx'
import { Canvas } from './Canvas.tsx'
import { changeBlock, findBlock } from './change-design.ts'

type Props = { mjml: string; readOnly: boolean; onChange: (mjml: string) => void }

/** A mail as rows of blocks: chosen on the left, changed on the right. Whatever is done here is written as MJML. */
export function BlockEditor({ mjml, readOnly, onChange }: Props) {
  const t = useWords(contentWords)
  const [chosen, setChosen] = useState<string>()
  // Blocks keep their names as long as the text is the one that was written from them.
  const held = useRef<{ mjml: string; design: Design | undefined }>({ mjml: '', design: undefined })
  if (held.current.mjml !== mjml || !held.current.design) held.current = { mjml, design: readMjml(mjml) }
  const design = held.current.design
  if (!design) return <p className="hw-muted">{t('noDesign')}</p>
  const put = (next: Design) => {
    const written = writeMjml(next)
    held.current = { mjml: written, design: next }
    onChange(written)
  }
  const block = chosen === undefined ? undefined : findBlock(design, chosen)
  return (
    <div className="content-blocks">
      <Canvas design={design} chosen={chosen} readOnly={readOnly} onChoose={setChosen} onChange={put} />
      <aside className="content-props" aria-label={t('properties')}>
        {block ? (
          <BlockForm
            key={block.id}
            block={block}
            readOnly={readOnly}
            onChange={(next: Block) => put(changeBlock(design, next))}
          />
        ) : (
          <p className="hw-muted">{t('choose')}</p>
        )}
      </aside>
    </div>
  )
}
