import { Alert } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { Preview } from '../../contract/template.ts'
import { contentWords } from '../content-words.ts'

/** What is missing, what went wrong, and how many text messages it is. */
export function PreviewNotes({ preview: { missing, error, segments } }: { preview: Preview }) {
  const t = useWords(contentWords)
  return (
    <>
      {error && <Alert type="error" showIcon title={t('previewFailed', { why: error })} />}
      {missing.length > 0 && (
        <Alert type="warning" showIcon title={t('missingNote', { names: missing.join(', ') })} />
      )}
      {segments && (
        <p className="content-segments" aria-live="polite">
          {t('segments', { ...segments, encoding: t(`encoding_${segments.encoding}`) })}
        </p>
      )}
    </>
  )
}
