import { Progress } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { Problem } from '#ui/problem.ts'
import type { Import } from '../contract.ts'
import { importWords } from './import-words.ts'

export function ImportProgress({ of, text }: { of: Import; text?: string }) {
  const t = useWords(importWords)
  const { language } = useDisplay()
  const done = of.created + of.updated + of.skipped + of.failed
  const far =
    of.rows === null
      ? t('progressStart')
      : t('progressText', { done: exactNumber(done, language), rows: exactNumber(of.rows, language) })
  return (
    <div className="hw-panel hw-panel-body" aria-live="polite">
      {text && <p>{text}</p>}
      <Progress percent={Math.floor(of.progress * 100)} status="active" aria-label={t('progressLabel')} />
      <p className="hw-fine hw-number">{far}</p>
    </div>
  )
}

/** Why the file as a whole could not be imported, in the reader's words. */
export function ImportFault({ of }: { of: Import }) {
  if (!of.error) return null
  return <ErrorState error={new Problem(422, of.error.code, of.error.message)} compact />
}
