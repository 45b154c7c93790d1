import {
  ApiOutlined,
  AuditOutlined,
  BankOutlined,
  ClusterOutlined,
  HistoryOutlined,
  IdcardOutlined,
  KeyOutlined,
  MailOutlined,
  NotificationOutlined,
  ProfileOutlined,
  SafetyOutlined,
  StopOutlined,
  TeamOutlined,
  UserOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Permission } from '#modules/access/permissions.ts'
import type { settingsWords } from '#web/settings/settings-words.ts'

type WordKey = keyof typeof settingsWords.zh
export type SettingsItem = { to: string; word: WordKey; icon: ReactNode; needs?: Permission }
export type SettingsGroup = { word: WordKey; items: SettingsItem[] }

const settingsMenu: SettingsGroup[] = [
  {
    word: 'groupWorkspace',
    items: [
      { to: '/settings/workspace', word: 'workspace', icon: <BankOutlined />, needs: 'setting:read' },
      { to: '/settings/members', word: 'members', icon: <TeamOutlined />, needs: 'member:read' },
      { to: '/settings/roles', word: 'roles', icon: <SafetyOutlined />, needs: 'member:read' },
      { to: '/settings/departments', word: 'departments', icon: <ClusterOutlined />, needs: 'member:read' },
    ],
  },
  {
    word: 'groupData',
    items: [
      { to: '/settings/write-keys', word: 'writeKeys', icon: <ApiOutlined />, needs: 'key:read' },
      {
        to: '/settings/identity-kinds',
        word: 'identityKinds',
        icon: <IdcardOutlined />,
        needs: 'setting:read',
      },
    ],
  },
  {
    word: 'groupMessages',
    items: [
      { to: '/settings/messaging', word: 'messaging', icon: <MailOutlined />, needs: 'consent:read' },
      { to: '/settings/topics', word: 'topics', icon: <ProfileOutlined />, needs: 'consent:read' },
      { to: '/settings/suppressions', word: 'suppressions', icon: <StopOutlined />, needs: 'consent:read' },
    ],
  },
  {
    word: 'groupOut',
    items: [
      { to: '/settings/webhooks', word: 'webhooks', icon: <NotificationOutlined />, needs: 'webhook:read' },
    ],
  },
  {
    word: 'groupSecurity',
    items: [
      { to: '/settings/retention', word: 'retention', icon: <HistoryOutlined />, needs: 'setting:read' },
      { to: '/settings/api-keys', word: 'apiKeys', icon: <KeyOutlined />, needs: 'key:read' },
      { to: '/settings/audit', word: 'audit', icon: <AuditOutlined />, needs: 'audit:read' },
    ],
  },
  { word: 'groupMe', items: [{ to: '/settings/me', word: 'me', icon: <UserOutlined /> }] },
]

/** What this reader may open. */
export function visibleSettings(permissions: readonly string[]): SettingsGroup[] {
  return settingsMenu
    .map((group) => ({
      ...group,
      items: group.items.filter((item) => !item.needs || permissions.includes(item.needs)),
    }))
    .filter((group) => group.items.length > 0)
}
