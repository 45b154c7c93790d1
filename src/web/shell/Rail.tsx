import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons'
import { Link, useLocation } from '@tanstack/react-router'
import { Tooltip } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { isCurrent, type NavArea, type NavItem, settingsItem } from '#web/shell/navigation.tsx'
import { webWords } from '#web/web-words.ts'

const foldKey = 'headwater.rail-folded'

export function Rail({ areas }: { areas: NavArea[] }) {
  const t = useWords(webWords)
  const [folded, setFolded] = useState(() => localStorage.getItem(foldKey) === '1')
  const fold = () => {
    localStorage.setItem(foldKey, folded ? '0' : '1')
    setFolded(!folded)
  }
  return (
    <nav className={`hw-rail${folded ? ' hw-rail-folded' : ''}`} aria-label={t('nav')}>
      <Link to="/" className="hw-brand" aria-label={`Headwater · ${t('home')}`}>
        <Mark />
        <span>Headwater</span>
      </Link>
      <div className="hw-rail-areas">
        {areas.map((area) => (
          <div key={area.word ?? 'top'} className="hw-rail-area">
            {area.word && <div className="hw-rail-heading">{t(area.word)}</div>}
            {area.items.map((item) => (
              <RailLink key={item.to} item={item} folded={folded} />
            ))}
          </div>
        ))}
      </div>
      <div className="hw-rail-end">
        <RailLink item={settingsItem} folded={folded} />
        <button
          type="button"
          className="hw-rail-link hw-rail-fold"
          onClick={fold}
          aria-label={folded ? t('expand') : t('collapse')}
        >
          {folded ? <MenuUnfoldOutlined aria-hidden="true" /> : <MenuFoldOutlined aria-hidden="true" />}
          <span>{t('collapse')}</span>
        </button>
      </div>
    </nav>
  )
}

function RailLink({ item, folded }: { item: NavItem; folded: boolean }) {
  const t = useWords(webWords)
  const { pathname } = useLocation()
  const current = isCurrent(item.to, pathname)
  return (
    <Tooltip title={folded ? t(item.word) : undefined} placement="right">
      <Link
        to={item.to}
        className={`hw-rail-link${current ? ' hw-current' : ''}`}
        aria-current={current ? 'page' : undefined}
        aria-label={folded ? t(item.word) : undefined}
      >
        {item.icon}
        <span>{t(item.word)}</span>
      </Link>
    </Tooltip>
  )
}

export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0B6BCB" />
      <path
        d="M6 12c3.3-3 6.7-3 10 0s6.7 3 10 0M6 20.5c3.3-3 6.7-3 10 0s6.7 3 10 0"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
    </svg>
  )
}
