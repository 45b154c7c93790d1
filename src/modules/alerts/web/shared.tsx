import { BellOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { useCan } from '#web/session.ts'
import type { Source } from './AlertEditor.tsx'
import { alertWords } from './alert-words.ts'
import { isWatchable } from './watchable.ts'

const Editor = lazy(async () => ({ default: (await import('./AlertEditor.tsx')).AlertEditor }))

type Asked = {
  question: { kind: string } | undefined
  state: Record<string, unknown>
  analysis: { id: string; name: string } | undefined
}

/** Beside an analysis: watches one of its numbers. Nothing where none can be watched. */
export function AlertMe({ question, state, analysis }: Asked) {
  const t = useWords(alertWords)
  const can = useCan()
  const [open, setOpen] = useState(false)
  if (!can('analytics:write') || !isWatchable(question)) return null
  return (
    <>
      <Button icon={<BellOutlined aria-hidden="true" />} onClick={() => setOpen(true)}>
        {t('alertMe')}
      </Button>
      {open && <AlertDialog source={{ question, state, analysis }} onClose={() => setOpen(false)} />}
    </>
  )
}

/** The same from a menu: the entry, when it may be offered. */
export function useAlertEntry(asked: Asked): { label: string; source: Source } | undefined {
  const t = useWords(alertWords)
  const can = useCan()
  const { question, state, analysis } = asked
  if (!can('analytics:write') || !isWatchable(question)) return undefined
  return { label: t('alertMe'), source: { question, state, analysis } }
}

export function AlertDialog({ source, onClose }: { source: Source; onClose: () => void }) {
  return (
    <Suspense fallback={null}>
      <Editor source={source} onClose={onClose} />
    </Suspense>
  )
}
