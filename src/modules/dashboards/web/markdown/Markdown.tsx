import type { ReactNode } from 'react'
import { type Block, type Inline, parseMarkdown } from './parse-markdown.ts'

/** A note as its writer meant it; made of elements, never of markup. */
export function Markdown({ text }: { text: string }) {
  return <div className="board-note">{parseMarkdown(text).map(showBlock)}</div>
}

function showBlock(block: Block, key: number): ReactNode {
  if (block.kind === 'rule') return <hr key={key} />
  if (block.kind === 'code') return <pre key={key}>{block.text}</pre>
  if (block.kind === 'heading') {
    const Heading = `h${block.level}` as 'h2' | 'h3' | 'h4'
    return <Heading key={key}>{show(block.parts)}</Heading>
  }
  if (block.kind === 'list') {
    const List = block.ordered ? 'ol' : 'ul'
    return (
      <List key={key}>
        {block.items.map((parts, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
          <li key={at}>{show(parts)}</li>
        ))}
      </List>
    )
  }
  return (
    <p key={key}>
      {block.lines.flatMap((parts, at) => [
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
        ...(at > 0 ? [<br key={`b${at}`} />] : []),
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <span key={`s${at}`}>{show(parts)}</span>,
      ])}
    </p>
  )
}

const show = (parts: readonly Inline[]): ReactNode => parts.map(showInline)

function showInline(part: Inline, key: number): ReactNode {
  if (part.kind === 'text') return part.text
  if (part.kind === 'code') return <code key={key}>{part.text}</code>
  if (part.kind === 'strong') return <strong key={key}>{show(part.parts)}</strong>
  if (part.kind === 'em') return <em key={key}>{show(part.parts)}</em>
  const isOurs = part.href.startsWith('/')
  return (
    <a key={key} href={part.href} {...(isOurs ? {} : { target: '_blank', rel: 'noreferrer noopener' })}>
      {show(part.parts)}
    </a>
  )
}
