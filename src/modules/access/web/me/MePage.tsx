import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { LoginSessions } from './LoginSessions.tsx'
import { meWords } from './me-words.ts'
import { PasswordForm } from './PasswordForm.tsx'
import { ProfileForm } from './ProfileForm.tsx'

export function MePage() {
  const t = useWords(meWords)
  return (
    <div className="hw-page">
      <PageHeader title={t('title')} purpose={t('purpose')} />
      <ProfileForm />
      <PasswordForm />
      <LoginSessions />
    </div>
  )
}
