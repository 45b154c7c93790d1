import {
  BulbOutlined,
  ClockCircleOutlined,
  GlobalOutlined,
  LogoutOutlined,
  UserOutlined,
} from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Dropdown, type MenuProps } from 'antd'
import { routes } from '#modules/access/contract.ts'
import { Avatar } from '#ui/Avatar.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { type Answer, type CallInput, callRoute } from '#web/api-client.ts'
import { enterAs, leaveTo, useMe } from '#web/session.ts'
import { webWords } from '#web/web-words.ts'

type Change = CallInput<typeof routes.changeMe>['body']

/** Language, appearance, zone, logged-in devices, log out. Choices are kept with the account. */
export function UserMenu() {
  const t = useWords(webWords)
  const toast = useToast()
  const me = useMe()
  // A member has one colour everywhere; lists know them by their membership.
  const { user, workspace, memberId } = me
  if (!user) return null
  const change = async (body: Change) => {
    // Shown at once; the account follows.
    enterAs({ ...me, user: { ...user, ...(body as Partial<Answer<typeof routes.changeMe>>) } })
    await callRoute(routes.changeMe, { body }).catch((error: unknown) => {
      enterAs(me)
      toast.failed(error)
    })
  }
  const logOut = async () => {
    await callRoute(routes.logOut, {}).catch(toast.failed)
    leaveTo('/login')
  }
  const machine = Intl.DateTimeFormat().resolvedOptions().timeZone
  const zones = [...new Set([machine, 'Asia/Shanghai', 'UTC'])]
  const items: MenuProps['items'] = [
    { key: 'who', type: 'group', label: <span className="hw-clip">{`${user.name} · ${user.email}`}</span> },
    {
      key: 'account',
      icon: <UserOutlined aria-hidden="true" />,
      label: <Link to={'/settings/me' as string}>{t('profileSettings')}</Link>,
    },
    { type: 'divider' },
    {
      key: 'language',
      icon: <GlobalOutlined aria-hidden="true" />,
      label: t('language'),
      children: [
        { key: 'zh', label: '中文', onClick: () => void change({ language: 'zh' }) },
        { key: 'en', label: 'English', onClick: () => void change({ language: 'en' }) },
      ],
    },
    {
      key: 'theme',
      icon: <BulbOutlined aria-hidden="true" />,
      label: t('theme'),
      children: (['light', 'dark', 'system'] as const).map((theme) => ({
        key: theme,
        label: t(theme),
        onClick: () => void change({ theme }),
      })),
    },
    {
      key: 'zone',
      icon: <ClockCircleOutlined aria-hidden="true" />,
      label: t('timezone'),
      children: [
        {
          key: 'zone:',
          label: t('timezoneWorkspace', { zone: workspace?.timezone ?? 'UTC' }),
          onClick: () => void change({ timezone: null }),
        },
        ...zones.map((zone) => ({
          key: `zone:${zone}`,
          label: zone,
          onClick: () => void change({ timezone: zone }),
        })),
      ],
    },
    { type: 'divider' },
    {
      key: 'out',
      icon: <LogoutOutlined aria-hidden="true" />,
      label: t('logOut'),
      onClick: () => void logOut(),
    },
  ]
  const selectedKeys = [user.language, user.theme, `zone:${user.timezone ?? ''}`]
  return (
    <Dropdown menu={{ items, selectedKeys }} trigger={['click']} placement="bottomRight">
      <Button
        type="text"
        shape="circle"
        aria-label={`${t('account')}: ${user.name}`}
        icon={<Avatar id={memberId ?? user.id} name={user.name} size={28} />}
      />
    </Dropdown>
  )
}
