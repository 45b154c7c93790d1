import { useBlocker } from '@tanstack/react-router'
import { App } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { segmentWords } from './segment-words.ts'

/** Asks before unsaved work is left; moving within the page (its search parameters) is not leaving. */
export function useLeaveGuard(changed: boolean): void {
  const t = useWords(segmentWords)
  const { modal } = App.useApp()
  useBlocker({
    disabled: !changed,
    enableBeforeUnload: changed,
    shouldBlockFn: ({ current, next }) => {
      if (current.pathname === next.pathname) return false
      return new Promise<boolean>((resolve) => {
        modal.confirm({
          title: t('leaveTitle'),
          content: t('leave'),
          okText: t('leaveYes'),
          cancelText: t('leaveNo'),
          onOk: () => resolve(false),
          onCancel: () => resolve(true),
        })
      })
    },
  })
}
