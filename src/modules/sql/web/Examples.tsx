import { useWords } from '#ui/i18n.ts'
import { examples } from './examples.ts'
import { sqlWords } from './sql-words.ts'

/** What one may ask, to begin with. */
export function Examples({ onChoose }: { onChoose: (one: (typeof examples)[number]) => void }) {
  const t = useWords(sqlWords)
  return (
    <section className="hw-panel sql-examples">
      <h2>{t('emptyTitle')}</h2>
      <p className="hw-muted">{t('emptyText')}</p>
      <ul>
        {examples.map((one) => (
          <li key={one.word}>
            <button type="button" onClick={() => onChoose(one)}>
              <strong>{t(one.word)}</strong>
              <code>{one.sql}</code>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
