import { BellOutlined } from '@ant-design/icons'
import { Badge, Button, Drawer, Popover } from 'antd'
import { useState } from 'react'
import { useIsNarrow } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { useRoute } from '#web/use-route.ts'
import { routes } from '../contract.ts'
import { NoticeList } from './NoticeList.tsx'
import { noticeWords } from './notice-words.ts'
import './notices.css'

/** The bell: how much is unread, and the list. Asks every ten seconds while the page is looked at. */
export function Bell() {
  const t = useWords(noticeWords)
  const narrow = useIsNarrow()
  const [open, setOpen] = useState(false)
  const count = useRoute(routes.count, {}, { every: 10_000 })
  const unread = count.data?.unread ?? 0
  const list = <NoticeList onLeave={() => setOpen(false)} />
  const button = (
    <Badge count={unread} size="small" offset={[-6, 6]}>
      <Button
        type="text"
        icon={<BellOutlined aria-hidden="true" />}
        aria-label={t('open', { count: unread })}
        aria-expanded={open}
        {...(narrow ? { onClick: () => setOpen(true) } : {})}
      />
    </Badge>
  )
  if (narrow)
    return (
      <>
        {button}
        <Drawer
          open={open}
          onClose={() => setOpen(false)}
          placement="bottom"
          title={t('title')}
          destroyOnHidden
        >
          {list}
        </Drawer>
      </>
    )
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      title={t('title')}
      content={list}
      destroyOnHidden
    >
      {button}
    </Popover>
  )
}
