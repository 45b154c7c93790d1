import { Alert } from 'antd'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { Problem } from '#ui/problem.ts'
import { importWords } from './import-words.ts'

/** The file behind the address is not kept any more, or could not be read. */
export function FileGone({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useWords(importWords)
  if (!(error instanceof Problem) || error.code !== 'import.unknown_upload')
    return <ErrorState error={error} retry={retry} compact />
  return <Alert type="info" showIcon title={t('fileGone')} />
}
