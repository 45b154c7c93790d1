import { Navigate } from '@tanstack/react-router'
import { useIsNarrow } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useMe } from '#web/session.ts'
import { SettingsMenu } from '#web/settings/SettingsMenu.tsx'
import { visibleSettings } from '#web/settings/settings-menu.tsx'
import { settingsWords } from '#web/settings/settings-words.ts'

export function SettingsIndex() {
  const t = useWords(settingsWords)
  const narrow = useIsNarrow()
  const { permissions } = useMe()
  const first = visibleSettings(permissions)[0]?.items[0]
  if (!narrow && first) return <Navigate to={first.to} replace />
  return (
    <div className="hw-page">
      <PageHeader title={t('title')} />
      <SettingsMenu />
    </div>
  )
}
