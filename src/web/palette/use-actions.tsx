import {
  AlertOutlined,
  ApiOutlined,
  BookOutlined,
  BulbOutlined,
  FilterOutlined,
  GlobalOutlined,
  KeyOutlined,
  LogoutOutlined,
  MacCommandOutlined,
  NotificationOutlined,
  PlusOutlined,
  UploadOutlined,
  UserAddOutlined,
  WarningOutlined,
} from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { routes } from '#modules/access/contract.ts'
import type { Permission } from '#modules/access/permissions.ts'
import type { Command } from '#ui/CommandPalette.tsx'
import { useDisplay } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { callRoute } from '#web/api-client.ts'
import { paletteWords } from '#web/palette/palette-words.ts'
import { enterAs, leaveTo, useCan, useMe } from '#web/session.ts'

type WordKey = keyof typeof paletteWords.zh
type Going = { word: WordKey; href: string; needs: Permission; icon: ReactNode }

const goings: Going[] = [
  { word: 'newSegment', href: '/segments/new', needs: 'segment:write', icon: <PlusOutlined /> },
  {
    word: 'newAlert',
    href: '/alerts?new=true',
    needs: 'analytics:write',
    icon: <AlertOutlined />,
  },
  { word: 'newImport', href: '/imports/new', needs: 'import:write', icon: <UploadOutlined /> },
  { word: 'newTag', href: '/tags?new=true', needs: 'tag:write', icon: <PlusOutlined /> },
  { word: 'filterPeople', href: '/people?filter=true', needs: 'people:read', icon: <FilterOutlined /> },
  {
    word: 'pauseEvents',
    href: '/events?outcome=rejected',
    needs: 'event:read',
    icon: <WarningOutlined />,
  },
  { word: 'newSource', href: '/settings/write-keys?new=true', needs: 'key:write', icon: <ApiOutlined /> },
  { word: 'newApiKey', href: '/settings/api-keys?new=true', needs: 'key:write', icon: <KeyOutlined /> },
  {
    word: 'newWebhook',
    href: '/settings/webhooks?new=true',
    needs: 'webhook:write',
    icon: <NotificationOutlined />,
  },
  { word: 'invite', href: '/settings/members?invite=true', needs: 'member:write', icon: <UserAddOutlined /> },
]

export function useActions(onShortcuts: () => void): Command[] {
  const t = useWords(paletteWords)
  const can = useCan()
  const navigate = useNavigate()
  const command = (word: WordKey, icon: ReactNode, run: () => void, keys?: string): Command => ({
    id: `action:${word}`,
    group: t('actions'),
    title: t(word),
    keywords: `${paletteWords.zh[word]} ${paletteWords.en[word]}`,
    scope: '>',
    keys,
    icon,
    run,
  })
  const account = useAccountActions()
  return [
    ...goings
      .filter((going) => can(going.needs))
      .map((going) => command(going.word, going.icon, () => void navigate({ href: going.href }))),
    command('theme', <BulbOutlined />, account.toggleTheme),
    command('language', <GlobalOutlined />, account.toggleLanguage),
    command('shortcuts', <MacCommandOutlined />, onShortcuts, '?'),
    command('apiDocs', <BookOutlined />, () => void window.open('/docs/api', '_blank', 'noreferrer')),
    command('logOut', <LogoutOutlined />, account.logOut),
  ]
}

/** Shown at once; the account follows. */
function useAccountActions() {
  const toast = useToast()
  const me = useMe()
  const { dark, language } = useDisplay()
  const change = (body: { theme: 'light' | 'dark' } | { language: 'zh' | 'en' }) => {
    if (!me.user) return
    enterAs({ ...me, user: { ...me.user, ...body } })
    callRoute(routes.changeMe, { body }).catch((error: unknown) => {
      enterAs(me)
      toast.failed(error)
    })
  }
  return {
    toggleTheme: () => change({ theme: dark ? 'light' : 'dark' }),
    toggleLanguage: () => change({ language: language === 'zh' ? 'en' : 'zh' }),
    logOut: () =>
      void callRoute(routes.logOut, {})
        .catch(toast.failed)
        .then(() => leaveTo('/login')),
  }
}
