import { CheckOutlined, DownOutlined } from '@ant-design/icons'
import { useRouter } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import { routes } from '#modules/access/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { callRoute } from '#web/api-client.ts'
import { enterAs, forgetEverything, useMe } from '#web/session.ts'
import { webWords } from '#web/web-words.ts'

export function WorkspaceSwitcher() {
  const t = useWords(webWords)
  const toast = useToast()
  const router = useRouter()
  const { workspace, workspaces } = useMe()
  const switchTo = async (workspaceId: string, name: string) => {
    try {
      const me = await callRoute(routes.switchWorkspace, { body: { workspaceId } })
      // Nothing read in one workspace may be shown in another.
      forgetEverything()
      enterAs(me)
      await router.navigate({ to: '/' })
      toast.done(t('switchedTo', { name }))
    } catch (error) {
      toast.failed(error)
    }
  }
  if (workspaces.length < 2) return <span className="hw-workspace-name">{workspace?.name}</span>
  const items = workspaces.map((entry) => ({
    key: entry.id,
    label: entry.name,
    extra: entry.id === workspace?.id ? <CheckOutlined aria-hidden="true" /> : undefined,
    onClick: () => void switchTo(entry.id, entry.name),
  }))
  return (
    <Dropdown menu={{ items, selectedKeys: workspace ? [workspace.id] : [] }} trigger={['click']}>
      <Button type="text" className="hw-workspace" aria-label={`${t('workspace')}: ${workspace?.name ?? ''}`}>
        <span className="hw-clip">{workspace?.name}</span>
        <DownOutlined style={{ fontSize: 10 }} aria-hidden="true" />
      </Button>
    </Dropdown>
  )
}
