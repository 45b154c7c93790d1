import { BellOutlined, MutedOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange } from '#web/use-route.ts'
import { routes } from '../contract.ts'
import { healthWords } from './health-words.ts'

/** Who is told nothing of a series; it is listed all the same. */
export function MuteMenu({ series, name, muted }: { series: string; name: string; muted: boolean }) {
  const t = useWords(healthWords)
  const can = useCan()
  const toast = useToast()
  const change = useChange(routes.mute, [routes.sources, routes.anomalies])
  if (!can('event:write')) return null
  const mute = (hours: number | null) =>
    void change
      .mutateAsync({ body: { series, hours } })
      .then(() => toast.done(t(hours === 0 ? 'unmuteDone' : 'muteDone', { name })))
      .catch(toast.failed)
  const items = muted
    ? [{ key: 'on', label: t('unmute'), onClick: () => mute(0) }]
    : [
        { key: 'day', label: t('mute24'), onClick: () => mute(24) },
        { key: 'week', label: t('muteWeek'), onClick: () => mute(24 * 7) },
        { key: 'always', label: t('muteAlways'), onClick: () => mute(null) },
      ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button
        type="text"
        size="small"
        loading={change.isPending}
        icon={muted ? <BellOutlined aria-hidden="true" /> : <MutedOutlined aria-hidden="true" />}
        aria-label={`${t(muted ? 'unmute' : 'mute')}: ${name}`}
      />
    </Dropdown>
  )
}
