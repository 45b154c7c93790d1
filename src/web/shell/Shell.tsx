import { Outlet, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useIsNarrow } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { ShortcutOverlay } from '#ui/ShortcutOverlay.tsx'
import { listenForShortcuts, useShortcut } from '#ui/shortcuts.ts'
import { useMe } from '#web/session.ts'
import { BottomBar } from '#web/shell/BottomBar.tsx'
import { type NavItem, settingsItem, visibleAreas } from '#web/shell/navigation.tsx'
import { Palette } from '#web/shell/Palette.tsx'
import { Rail } from '#web/shell/Rail.tsx'
import { TopBar } from '#web/shell/TopBar.tsx'
import { webWords } from '#web/web-words.ts'
import './shell.css'

/** Frame of every page: rail, top bar, palette, shortcuts. */
export function Shell() {
  const t = useWords(webWords)
  const narrow = useIsNarrow()
  const { permissions } = useMe()
  const [palette, setPalette] = useState(false)
  const [shortcuts, setShortcuts] = useState(false)
  useEffect(listenForShortcuts, [])
  useShortcut('mod+k', t('openPalette'), t('groupGeneral'), () => setPalette(true))
  useShortcut('?', t('showShortcuts'), t('groupGeneral'), () => setShortcuts(true))
  const areas = visibleAreas(permissions)
  return (
    <div className="hw-shell">
      <a className="hw-skip" href="#main">
        {t('skip')}
      </a>
      {!narrow && <Rail areas={areas} />}
      <TopBar onSearch={() => setPalette(true)} onShortcuts={() => setShortcuts(true)} />
      <main className="hw-main" id="main" tabIndex={-1}>
        <Outlet />
      </main>
      {narrow && <BottomBar areas={areas} />}
      {[...areas.flatMap((area) => area.items), settingsItem].map((item) => (
        <GoShortcut key={item.to} item={item} />
      ))}
      <Palette open={palette} onClose={() => setPalette(false)} areas={areas} />
      <ShortcutOverlay open={shortcuts} onClose={() => setShortcuts(false)} />
    </div>
  )
}

function GoShortcut({ item }: { item: NavItem }) {
  const t = useWords(webWords)
  const navigate = useNavigate()
  useShortcut(item.keys ?? '', t(item.word), t('groupGo'), () => void navigate({ to: item.to }))
  return null
}
