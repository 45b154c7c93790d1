import type { ReactNode } from 'react'
import { useWords } from '#ui/i18n.ts'
import { uiWords } from '#ui/ui-words.ts'

type Props = {
  title: string
  /** What this is and how it fills. */
  text: ReactNode
  /** A small picture (inline SVG) of the screen when it is full. */
  picture?: ReactNode
  /** One button. */
  action?: ReactNode
  guide?: string
}

export function EmptyState({ title, text, picture, action, guide }: Props) {
  const ui = useWords(uiWords)
  return (
    <div className="hw-state">
      {picture && (
        <div className="hw-state-picture" aria-hidden="true">
          {picture}
        </div>
      )}
      <h2>{title}</h2>
      <p>{text}</p>
      {action}
      {guide && (
        <p className="hw-fine">
          <a href={guide}>{ui('guide')}</a>
        </p>
      )}
    </div>
  )
}
