import { MenuOutlined } from '@ant-design/icons'
import { Link, useLocation } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { isCurrent, type NavArea, type NavItem, settingsItem } from '#web/shell/navigation.tsx'
import { webWords } from '#web/web-words.ts'

/** The rail of a phone: at most four places, and all the others behind one button. */
export function BottomBar({ areas }: { areas: NavArea[] }) {
  const t = useWords(webWords)
  const { pathname } = useLocation()
  const [open, setOpen] = useState(false)
  const first = areas
    .flatMap((area) => area.items)
    .filter((item) => item.phone !== false)
    .slice(0, 4)
  const isElsewhere = !first.some((item) => isCurrent(item.to, pathname))
  return (
    <nav className="hw-bottom" aria-label={t('nav')}>
      {first.map((item) => (
        <Place key={item.to} item={item} />
      ))}
      <button
        type="button"
        className={isElsewhere ? 'hw-current' : undefined}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        <MenuOutlined aria-hidden="true" />
        <span>{t('more')}</span>
      </button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        placement="bottom"
        size="large"
        title={t('nav')}
        destroyOnHidden
      >
        {[...areas, { items: [settingsItem] }].map((area: NavArea, at) => (
          <section key={area.word ?? at} className="hw-places" aria-label={area.word && t(area.word)}>
            {area.word && <h2 className="hw-rail-heading">{t(area.word)}</h2>}
            {area.items.map((item) => (
              <Place key={item.to} item={item} onGo={() => setOpen(false)} />
            ))}
          </section>
        ))}
      </Drawer>
    </nav>
  )
}

function Place({ item, onGo }: { item: NavItem; onGo?: () => void }) {
  const t = useWords(webWords)
  const { pathname } = useLocation()
  const current = isCurrent(item.to, pathname)
  return (
    <Link
      to={item.to}
      className={current ? 'hw-current' : undefined}
      aria-current={current ? 'page' : undefined}
      onClick={onGo}
    >
      {item.icon}
      <span>{t(item.word)}</span>
    </Link>
  )
}
