import { CheckOutlined, DownOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown, type MenuProps } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { routes } from '#modules/access/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { callRoute } from '#web/api-client.ts'
import { leaveTo, useMe } from '#web/session.ts'
import { webWords } from '#web/web-words.ts'

// Rarely opened, and it brings the lists of zones, countries and currencies.
const NewWorkspaceDialog = lazy(async () => ({
  default: (await import('#web/shell/NewWorkspaceDialog.tsx')).NewWorkspaceDialog,
}))

export function WorkspaceSwitcher() {
  const t = useWords(webWords)
  const toast = useToast()
  const { workspace, workspaces, role } = useMe()
  const [creating, setCreating] = useState(false)
  const switchTo = async (workspaceId: string) => {
    try {
      await callRoute(routes.switchWorkspace, { body: { workspaceId } })
      // Nothing read in one workspace may be shown in another.
      leaveTo('/')
    } catch (error) {
      toast.failed(error)
    }
  }
  const mayCreate = role?.builtin === 'owner'
  if (workspaces.length < 2 && !mayCreate) return <span className="hw-workspace-name">{workspace?.name}</span>
  const items: MenuProps['items'] = workspaces.map((entry) => ({
    key: entry.id,
    label: entry.name,
    extra: entry.id === workspace?.id ? <CheckOutlined aria-hidden="true" /> : undefined,
    onClick: () => void switchTo(entry.id),
  }))
  if (mayCreate)
    items.push(
      { type: 'divider' },
      {
        key: 'new',
        icon: <PlusOutlined aria-hidden="true" />,
        label: t('newWorkspace'),
        onClick: () => setCreating(true),
      },
    )
  return (
    <>
      <Dropdown menu={{ items, selectedKeys: workspace ? [workspace.id] : [] }} trigger={['click']}>
        <Button
          type="text"
          className="hw-workspace"
          aria-label={`${t('workspace')}: ${workspace?.name ?? ''}`}
        >
          <span className="hw-clip">{workspace?.name}</span>
          <DownOutlined style={{ fontSize: 10 }} aria-hidden="true" />
        </Button>
      </Dropdown>
      {creating && (
        <Suspense>
          <NewWorkspaceDialog open onClose={() => setCreating(false)} onCreated={switchTo} />
        </Suspense>
      )}
    </>
  )
}
