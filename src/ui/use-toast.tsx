import { App, Button } from 'antd'
import { useMemo } from 'react'
import { useWords } from '#ui/i18n.ts'
import { problemText } from '#ui/problem.ts'
import { problemWords } from '#ui/problem-words.ts'
import { uiWords } from '#ui/ui-words.ts'

/** 10 s to take something back; long enough to read, short enough not to pile up. */
const undoSeconds = 10

/** `toast.done(text)`, `toast.failed(error)`, `toast.undo(text, takeBack)`. */
export function useToast() {
  const { message, notification } = App.useApp()
  const ui = useWords(uiWords)
  const problem = useWords(problemWords)
  return useMemo(() => {
    const failed = (error: unknown) => void message.error(problemText(error, problem), 6)
    return {
      done: (text: string) => void message.success(text),
      failed,
      undo: (text: string, takeBack: () => Promise<unknown>) => {
        const key = `undo-${Date.now()}`
        const undo = () => {
          notification.destroy(key)
          takeBack().catch(failed)
        }
        notification.open({
          key,
          title: text,
          duration: undoSeconds,
          placement: 'bottomLeft',
          showProgress: true,
          className: 'hw-undo',
          actions: (
            <Button size="small" type="link" onClick={undo}>
              {ui('undo')}
            </Button>
          ),
        })
      },
    }
  }, [message, notification, ui, problem])
}
