import { Link, useLocation } from '@tanstack/react-router'
import { useWords } from '#ui/i18n.ts'
import { isCurrent, type NavArea, settingsItem } from '#web/shell/navigation.tsx'
import { webWords } from '#web/web-words.ts'

/** The rail of a phone: at most four places and the settings. */
export function BottomBar({ areas }: { areas: NavArea[] }) {
  const t = useWords(webWords)
  const { pathname } = useLocation()
  const items = [
    ...areas
      .flatMap((area) => area.items)
      .filter((item) => item.phone !== false)
      .slice(0, 4),
    settingsItem,
  ]
  return (
    <nav className="hw-bottom" aria-label={t('nav')}>
      {items.map((item) => {
        const current = isCurrent(item.to, pathname)
        return (
          <Link
            key={item.to}
            to={item.to}
            className={current ? 'hw-current' : undefined}
            aria-current={current ? 'page' : undefined}
          >
            {item.icon}
            <span>{t(item.word)}</span>
          </Link>
        )
      })}
    </nav>
  )
}
