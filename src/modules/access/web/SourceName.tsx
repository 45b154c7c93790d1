import { Link } from '@tanstack/react-router'
import { useWords } from '#ui/i18n.ts'
import type { SourceRef } from '../shapes.ts'
import { sourceWords } from './source-words.ts'

/** Where something came from, by name; a link where the reader may open its page. */
export function SourceName({ source }: { source: SourceRef }) {
  const t = useWords(sourceWords)
  const { kind, name, href } = source
  if (kind === 'hand') return <span>{t('hand')}</span>
  return (
    <span className="hw-source">
      {href === null ? (
        <span>{name}</span>
      ) : (
        <Link to={href as string} onClick={(event) => event.stopPropagation()}>
          {name}
        </Link>
      )}
      {kind !== 'source' && <span className="hw-fine"> {t(kind)}</span>}
    </span>
  )
}
