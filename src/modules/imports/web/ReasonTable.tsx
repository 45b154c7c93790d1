import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { ReasonGroup } from '../contract.ts'
import { reasonText } from '../reason-text.ts'
import { importWords } from './import-words.ts'

const style = { failed: 'danger', skipped: 'warning', noted: 'river' } as const

/** Rows by reason, the most frequent first, each with a few of its rows. */
export function ReasonTable({ reasons }: { reasons: readonly ReasonGroup[] }) {
  const t = useWords(importWords)
  const { language } = useDisplay()
  if (reasons.length === 0) return null
  return (
    <section className="hw-panel" aria-label={t('reasons')}>
      <div className="hw-panel-head">
        <h2>{t('reasons')}</h2>
      </div>
      <ul className="import-reasons">
        {reasons.map((group) => (
          <li key={`${group.outcome}${group.code}`}>
            <span className={`hw-pill hw-pill-${style[group.outcome]}`}>{t(`outcome.${group.outcome}`)}</span>
            <strong className="hw-number">{exactNumber(group.count, language)}</strong>
            <ul className="import-examples">
              {group.examples.slice(0, 3).map(({ row, details }) => (
                <li key={row}>{t('exampleRow', { row, text: reasonText(group.code, details, language) })}</li>
              ))}
            </ul>
            <code className="hw-fine">{group.code}</code>
          </li>
        ))}
      </ul>
    </section>
  )
}
