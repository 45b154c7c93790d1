import {
  AlertOutlined,
  ApartmentOutlined,
  AuditOutlined,
  BankOutlined,
  BookOutlined,
  ConsoleSqlOutlined,
  DashboardOutlined,
  DownloadOutlined,
  FileDoneOutlined,
  GiftOutlined,
  HeartOutlined,
  HomeOutlined,
  LineChartOutlined,
  MailOutlined,
  ProfileOutlined,
  QrcodeOutlined,
  SettingOutlined,
  TagsOutlined,
  TeamOutlined,
  ThunderboltOutlined,
  UploadOutlined,
  UsergroupAddOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Permission } from '#modules/access/permissions.ts'
import type { webWords } from '#web/web-words.ts'

type WordKey = keyof typeof webWords.zh
/** `phone: false`: reached from the palette there; the bottom bar has room for four places. */
export type NavItem = {
  to: string
  word: WordKey
  icon: ReactNode
  needs?: Permission
  keys?: string
  phone?: false
}
/** By job, not by module. Only what exists is shown. */
export type NavArea = { word?: WordKey; items: NavItem[] }

export const navigation: NavArea[] = [
  { items: [{ to: '/', word: 'home', icon: <HomeOutlined aria-hidden="true" />, keys: 'g h' }] },
  {
    word: 'peopleArea',
    items: [
      {
        to: '/people',
        word: 'people',
        icon: <TeamOutlined aria-hidden="true" />,
        needs: 'people:read',
        keys: 'g p',
      },
      {
        to: '/companies',
        word: 'companies',
        icon: <BankOutlined aria-hidden="true" />,
        needs: 'company:read',
        keys: 'g b',
        phone: false,
      },
      {
        to: '/households',
        word: 'households',
        icon: <UsergroupAddOutlined aria-hidden="true" />,
        needs: 'people:read',
        phone: false,
      },
      {
        to: '/segments',
        word: 'segments',
        icon: <ApartmentOutlined aria-hidden="true" />,
        needs: 'segment:read',
        keys: 'g s',
      },
      {
        to: '/tags',
        word: 'tags',
        icon: <TagsOutlined aria-hidden="true" />,
        needs: 'people:read',
        keys: 'g t',
        phone: false,
      },
    ],
  },
  {
    word: 'engageArea',
    items: [
      {
        to: '/templates',
        word: 'templates',
        icon: <MailOutlined aria-hidden="true" />,
        needs: 'content:read',
        keys: 'g m',
        phone: false,
      },
      {
        to: '/coupons',
        word: 'coupons',
        icon: <GiftOutlined aria-hidden="true" />,
        needs: 'content:read',
        phone: false,
      },
      {
        to: '/links',
        word: 'trackedLinks',
        icon: <QrcodeOutlined aria-hidden="true" />,
        needs: 'content:read',
        phone: false,
      },
    ],
  },
  {
    word: 'analyseArea',
    items: [
      {
        to: '/dashboards',
        word: 'dashboards',
        icon: <DashboardOutlined aria-hidden="true" />,
        needs: 'dashboard:read',
        keys: 'g o',
        phone: false,
      },
      {
        to: '/analytics',
        word: 'analytics',
        icon: <LineChartOutlined aria-hidden="true" />,
        needs: 'analytics:read',
        keys: 'g y',
        phone: false,
      },
      {
        to: '/alerts',
        word: 'alerts',
        icon: <AlertOutlined aria-hidden="true" />,
        needs: 'analytics:read',
        keys: 'g l',
        phone: false,
      },
      {
        to: '/sql',
        word: 'sql',
        icon: <ConsoleSqlOutlined aria-hidden="true" />,
        needs: 'sql:read',
        keys: 'g q',
        phone: false,
      },
    ],
  },
  {
    word: 'dataArea',
    items: [
      {
        to: '/imports',
        word: 'imports',
        icon: <UploadOutlined aria-hidden="true" />,
        needs: 'import:read',
        keys: 'g i',
        phone: false,
      },
      {
        to: '/events',
        word: 'live',
        icon: <ThunderboltOutlined aria-hidden="true" />,
        needs: 'event:read',
        keys: 'g e',
      },
      {
        to: '/health',
        word: 'health',
        icon: <HeartOutlined aria-hidden="true" />,
        needs: 'event:read',
        keys: 'g d',
        phone: false,
      },
      {
        to: '/catalogue',
        word: 'catalogue',
        icon: <BookOutlined aria-hidden="true" />,
        needs: 'event:read',
        keys: 'g c',
        phone: false,
      },
      {
        to: '/attributes',
        word: 'attributes',
        icon: <ProfileOutlined aria-hidden="true" />,
        needs: 'people:read',
        keys: 'g a',
        phone: false,
      },
      {
        to: '/plan',
        word: 'plan',
        icon: <FileDoneOutlined aria-hidden="true" />,
        needs: 'event:read',
        phone: false,
      },
      {
        to: '/identity-review',
        word: 'review',
        icon: <AuditOutlined aria-hidden="true" />,
        needs: 'identity:write',
        phone: false,
      },
      {
        to: '/exports',
        word: 'exports',
        icon: <DownloadOutlined aria-hidden="true" />,
        needs: 'export:read',
        keys: 'g x',
        phone: false,
      },
    ],
  },
]
export const settingsItem: NavItem = {
  to: '/settings',
  word: 'settings',
  icon: <SettingOutlined aria-hidden="true" />,
  keys: 'g ,',
}

/** The items this reader may open. */
export function visibleAreas(permissions: readonly string[]): NavArea[] {
  const may = (item: NavItem) => !item.needs || permissions.includes(item.needs)
  return navigation
    .map((area) => ({ ...area, items: area.items.filter(may) }))
    .filter((area) => area.items.length > 0)
}

/** `/people/per_1` belongs to `/people`; home only to itself. */
export const isCurrent = (to: string, pathname: string): boolean =>
  to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`)
