import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { Import, ImportState } from '../contract.ts'
import { importWords } from './import-words.ts'

const stateStyle: Record<ImportState, string> = {
  queued: 'river',
  running: 'river',
  done: 'success',
  failed: 'danger',
  cancelled: 'warning',
  undoing: 'river',
  undone: 'warning',
}

export function StatePill({ state }: { state: ImportState }) {
  const t = useWords(importWords)
  return (
    <span className={`hw-pill hw-pill-${stateStyle[state]}`}>
      <span className="hw-dot" />
      {t(`state.${state}`)}
    </span>
  )
}

const counted = ['created', 'updated', 'skipped', 'failed'] as const

/** What failed is told exactly to everybody. */
const isRounded = (of: Import, name: (typeof counted)[number]) => of.rounded && name !== 'failed'

/** 1,203 / 40 / 3 / 2, each with its word for those who cannot see the heading. */
export function Counts({ of }: { of: Import }) {
  const t = useWords(importWords)
  const { language } = useDisplay()
  return (
    <span className="hw-number">
      {counted.map((name, at) => (
        <span key={name} className={name === 'failed' && of.failed > 0 ? 'hw-danger' : ''} title={t(name)}>
          {at > 0 && ' / '}
          {isRounded(of, name) && '≈'}
          {exactNumber(of[name], language)}
        </span>
      ))}
    </span>
  )
}

/** The same as four large numbers. */
export function CountCards({ of }: { of: Import }) {
  const t = useWords(importWords)
  const { language } = useDisplay()
  return (
    <>
      <dl className="import-counts">
        {counted.map((name) => (
          <div key={name} className="hw-panel">
            <dt>{t(name)}</dt>
            <dd className={`hw-number${name === 'failed' && of.failed > 0 ? ' hw-danger' : ''}`}>
              {isRounded(of, name) && '≈ '}
              {exactNumber(of[name], language)}
            </dd>
          </div>
        ))}
      </dl>
      {of.rounded && <p className="hw-fine">{t('rounded')}</p>}
    </>
  )
}
