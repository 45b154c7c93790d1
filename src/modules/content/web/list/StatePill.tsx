import { useWords } from '#ui/i18n.ts'
import type { TemplateLine } from '../../contract/template.ts'
import { contentWords } from '../content-words.ts'

const stateOf = ({ archived, published, changed }: TemplateLine) => {
  if (archived) return { word: 'stateArchived', tone: '' } as const
  if (published === null) return { word: 'stateDraft', tone: '' } as const
  if (changed) return { word: 'stateChanged', tone: 'hw-pill-warning' } as const
  return { word: 'statePublished', tone: 'hw-pill-success' } as const
}

export function StatePill({ template }: { template: TemplateLine }) {
  const t = useWords(contentWords)
  const { word, tone } = stateOf(template)
  return (
    <span className={`hw-pill ${tone}`}>
      <span className="hw-dot" aria-hidden="true" />
      {t(word)}
    </span>
  )
}
