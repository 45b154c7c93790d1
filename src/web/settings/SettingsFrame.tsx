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
      <div className="set-inner">
        {pathname !== '/settings' && (
          <Link to="/settings" className="set-back">
            <LeftOutlined aria-hidden="true" /> {t('title')}
          </Link>
        )}
        <Outlet />
      </div>
    )
  }
  return (
    <div className="set-frame">
      <SettingsMenu />
      <div className="set-page set-inner">
        <Outlet />
      </div>
    </div>
  )
}
