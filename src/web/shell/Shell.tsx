import { Outlet, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useIsNarrow } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { listenForShortcuts, useShortcut } from '#ui/shortcuts.ts'
import { useNoteVisits } from '#web/palette/use-note-visits.ts'
import { useMe } from '#web/session.ts'
import { BottomBar } from '#web/shell/BottomBar.tsx'
import { type NavItem, settingsItem, visibleAreas } from '#web/shell/navigation.tsx'
import { Rail } from '#web/shell/Rail.tsx'
import { TopBar } from '#web/shell/TopBar.tsx'
import { webWords } from '#web/web-words.ts'
import './shell.css'

// Not part of the first screen; loaded as soon as that one stands, so that ⌘K never waits.
const loadPalette = () => import('#web/palette/Palette.tsx')
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }))
const ShortcutOverlay = lazy(async () => ({
  default: (await import('#ui/ShortcutOverlay.tsx')).ShortcutOverlay,
}))

/** Frame of every page: rail, top bar, palette, shortcuts. */
export function Shell() {
  const t = useWords(webWords)
  const narrow = useIsNarrow()
  const { permissions } = useMe()
  const [palette, setPalette] = useState(false)
  const [shortcuts, setShortcuts] = useState(false)
  const askedPalette = useOnceTrue(palette)
  const askedShortcuts = useOnceTrue(shortcuts)
  useEffect(listenForShortcuts, [])
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), 1500)
    return () => clearTimeout(timer)
  }, [])
  useShortcut('mod+k', t('openPalette'), t('groupGeneral'), () => setPalette(true))
  useShortcut('?', t('showShortcuts'), t('groupGeneral'), () => setShortcuts(true))
  useNoteVisits()
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
      {[...areas.flatMap((area) => area.items), settingsItem].map(
        (item) => item.keys && <GoShortcut key={item.to} item={item} keys={item.keys} />,
      )}
      <Suspense>
        {askedPalette && (
          <Palette
            open={palette}
            onClose={() => setPalette(false)}
            onShortcuts={() => setShortcuts(true)}
            areas={areas}
          />
        )}
        {askedShortcuts && <ShortcutOverlay open={shortcuts} onClose={() => setShortcuts(false)} />}
      </Suspense>
    </div>
  )
}

function GoShortcut({ item, keys }: { item: NavItem; keys: string }) {
  const t = useWords(webWords)
  const navigate = useNavigate()
  useShortcut(keys, t(item.word), t('groupGo'), () => void navigate({ to: item.to }))
  return null
}

/** Stays true: what was opened once remains, so that it can give the focus back when it closes. */
function useOnceTrue(now: boolean): boolean {
  const [was, setWas] = useState(now)
  if (now && !was) setWas(true)
  return was || now
}
