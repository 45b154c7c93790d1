import { useWords } from '#ui/i18n.ts'
import { keyWords } from './key-words.ts'

export function KeyState({ revokedAt }: { revokedAt: string | null }) {
  const t = useWords(keyWords)
  return revokedAt ? (
    <span className="hw-pill hw-pill-danger">{t('revoked')}</span>
  ) : (
    <span className="hw-pill hw-pill-success">
      <span className="hw-dot" />
      {t('active')}
    </span>
  )
}
