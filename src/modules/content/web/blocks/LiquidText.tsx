import type { ReactNode } from 'react'
import { isElement, type Node, readMarkup } from '../../design/markup.ts'

const plainTags = new Set([
  'p',
  'b',
  'strong',
  'i',
  'em',
  'u',
  'ul',
  'ol',
  'li',
  'br',
  'a',
  'span',
  'h1',
  'h2',
  'h3',
])

/** Formatted text as React, never as HTML: unknown elements show what is in them. Values are chips. */
export function LiquidText({ html }: { html: string }) {
  return <>{readMarkup(html).map((node, at) => show(node, at))}</>
}

function show(node: Node, key: number): ReactNode {
  if (!isElement(node)) return chips(node.text, key)
  const inside = node.children.map((child, at) => show(child, at))
  if (node.name === 'br') return <br key={key} />
  if (node.name === 'a')
    return (
      <span key={key} className="face-link">
        {inside}
      </span>
    )
  if (!plainTags.has(node.name)) return <span key={key}>{inside}</span>
  const Tag = node.name as 'p'
  return <Tag key={key}>{inside}</Tag>
}

function chips(text: string, key: number): ReactNode {
  const parts = decode(text).split(/(\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\})/)
  return (
    <span key={key}>
      {parts.map((part, at) =>
        at % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text
          <code key={at} className="content-chip" title={part}>
            {nameOf(part)}
          </code>
        ) : (
          part
        ),
      )}
    </span>
  )
}

/** `person.first_name` of `{{ person.first_name | default: '…' }}`. */
export const nameOf = (liquid: string): string =>
  liquid
    .replace(/^\{[{%]-?\s*|\s*-?[}%]\}$/g, '')
    .split('|')[0]
    ?.trim() ?? liquid

const decode = (text: string) =>
  text
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
