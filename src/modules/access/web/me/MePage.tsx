import { NoticeSwitches } from '#modules/notices/web/NoticeSwitches.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { KeySwitch } from './KeySwitch.tsx'
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
      <NoticeSwitches />
      <KeySwitch />
      <LoginSessions />
    </div>
  )
}
