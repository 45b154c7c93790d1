import { PictureOutlined } from '@ant-design/icons'
import { useWords } from '#ui/i18n.ts'
import type { Block } from '../../design/design.ts'
import { networkMarks } from '../../design/write-mjml.ts'
import { contentWords } from '../content-words.ts'
import { LiquidText } from './LiquidText.tsx'

/** How a block looks while it is built: near to the mail, with values as chips. The preview is the truth. */
export function BlockFace({ block }: { block: Block }) {
  const t = useWords(contentWords)
  switch (block.kind) {
    case 'text':
    case 'footer':
      return (
        <div
          className={`face-${block.kind}`}
          style={{ textAlign: block.kind === 'text' ? block.align : 'center' }}
        >
          <LiquidText html={block.html} />
        </div>
      )
    case 'heading':
      return (
        <div className={`face-h${block.level}`} style={{ textAlign: block.align }}>
          <LiquidText html={block.html} />
        </div>
      )
    case 'image':
      return <Picture src={block.src} alt={block.alt} />
    case 'button':
      return (
        <div style={{ textAlign: block.align }}>
          <span className="face-button" style={{ background: block.colour || undefined }}>
            <LiquidText html={block.label} />
          </span>
        </div>
      )
    case 'divider':
      return <hr className="face-divider" />
    case 'spacer':
      return <div style={{ height: block.height }} />
    case 'social':
      return (
        <div className="face-social" style={{ textAlign: block.align }}>
          {block.items.map(({ network }) => networkMarks[network].mark).join(' · ')}
        </div>
      )
    case 'card':
      return (
        <div className="face-card">
          <Picture src={block.image} alt="" />
          <strong>
            <LiquidText html={block.title} />
          </strong>
          <p>
            <LiquidText html={block.text} />
          </p>
          <p>
            <LiquidText html={block.price} />
          </p>
          <span className="face-link">
            <LiquidText html={block.label} />
          </span>
        </div>
      )
    case 'coupon':
      return (
        <div className="face-coupon">
          <p>
            <LiquidText html={block.title} />
          </p>
          <strong>
            <LiquidText html={block.code} />
          </strong>
          <p>
            <LiquidText html={block.note} />
          </p>
        </div>
      )
    case 'saved':
      return (
        <p className="hw-muted">
          {t('block_saved')} {block.block}
        </p>
      )
    case 'code':
      return <pre className="content-section-code">{block.mjml}</pre>
  }
}

function Picture({ src, alt }: { src: string; alt: string }) {
  // Only what this program serves itself: what a template names elsewhere is not loaded while it is written.
  if (src.startsWith('/')) return <img className="face-image" src={src} alt={alt} />
  return (
    <div className="face-picture">
      <PictureOutlined aria-hidden="true" /> <span>{alt || src}</span>
    </div>
  )
}
