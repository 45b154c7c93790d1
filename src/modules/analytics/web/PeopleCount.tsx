import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'

type Props = { value: number; label: string; onOpen: () => void; children?: string }

/** A number of people in a table, which opens them; `children`: how it is written, where not as the number itself. */
export function PeopleCount({ value, label, onOpen, children }: Props) {
  const { language } = useDisplay()
  const text = children ?? exactNumber(value, language)
  if (value === 0) return <span className="hw-muted">{text}</span>
  return (
    <button type="button" className="analytics-value" aria-label={`${label}: ${text}`} onClick={onOpen}>
      {text}
    </button>
  )
}
