import { useNavigate } from '@tanstack/react-router'
import type { Command } from '#ui/CommandPalette.tsx'
import { useWords } from '#ui/i18n.ts'
import { paletteWords } from '#web/palette/palette-words.ts'
import { useMe } from '#web/session.ts'
import { visibleSettings } from '#web/settings/settings-menu.tsx'
import { settingsWords } from '#web/settings/settings-words.ts'
import { type NavArea, settingsItem } from '#web/shell/navigation.tsx'
import { webWords } from '#web/web-words.ts'

/** Every page of the menu and of the settings; found by its name in either language. */
export function usePages(areas: NavArea[]): Command[] {
  const t = useWords(paletteWords)
  const say = useWords(webWords)
  const saySetting = useWords(settingsWords)
  const { permissions } = useMe()
  const navigate = useNavigate()
  const pages = [...areas.flatMap((area) => area.items), settingsItem].map((item) => ({
    id: `page:${item.to}`,
    group: t('pages'),
    title: say(item.word),
    keywords: `${webWords.zh[item.word]} ${webWords.en[item.word]}`,
    keys: item.keys,
    icon: item.icon,
    run: () => void navigate({ href: item.to }),
  }))
  const settings = visibleSettings(permissions).flatMap((group) =>
    group.items.map((item) => ({
      id: `page:${item.to}`,
      group: t('settings'),
      title: saySetting(item.word),
      keywords: `${settingsWords.zh[item.word]} ${settingsWords.en[item.word]} ${t('settings')}`,
      icon: item.icon,
      run: () => void navigate({ href: item.to }),
    })),
  )
  return [...pages, ...settings]
}
