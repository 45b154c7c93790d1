import { RightOutlined } from '@ant-design/icons'
import { Link, useLocation } from '@tanstack/react-router'
import { useWords } from '#ui/i18n.ts'
import { useMe } from '#web/session.ts'
import { visibleSettings } from '#web/settings/settings-menu.tsx'
import { settingsWords } from '#web/settings/settings-words.ts'

/** A column beside the page, or the whole page on a phone. */
export function SettingsMenu() {
  const t = useWords(settingsWords)
  const { permissions } = useMe()
  const { pathname } = useLocation()
  return (
    <nav className="set-menu" aria-label={t('menu')}>
      {visibleSettings(permissions).map((group) => (
        <section key={group.word}>
          <h2>{t(group.word)}</h2>
          <ul>
            {group.items.map((item) => (
              <li key={item.to}>
                <Link
                  to={item.to}
                  className={isIn(pathname, item.to) ? 'set-current' : undefined}
                  aria-current={pathname === item.to ? 'page' : undefined}
                >
                  {item.icon}
                  <span>{t(item.word)}</span>
                  <RightOutlined className="set-arrow" aria-hidden="true" />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}

/** Also on the pages below it. */
const isIn = (pathname: string, place: string) => pathname === place || pathname.startsWith(`${place}/`)
