import { LeftOutlined } from '@ant-design/icons'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useIsNarrow } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { SettingsMenu } from '#web/settings/SettingsMenu.tsx'
import { settingsWords } from '#web/settings/settings-words.ts'
import './settings.css'

/** Menu beside the page; on a phone the menu is a page of its own with a way back. */
export function SettingsFrame() {
  const t = useWords(settingsWords)
  const narrow = useIsNarrow()
  const { pathname } = useLocation()
  if (narrow) {
    return (
      <>
        {pathname !== '/settings' && (
          <Link to="/settings" className="set-back">
            <LeftOutlined aria-hidden="true" /> {t('title')}
          </Link>
        )}
        <Outlet />
      </>
    )
  }
  return (
    <div className="set-frame">
      <SettingsMenu />
      <div className="set-page">
        <Outlet />
      </div>
    </div>
  )
}
