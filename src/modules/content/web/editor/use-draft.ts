import { useCallback, useEffect, useRef, useState } from 'react'
import { useToast } from '#ui/use-toast.tsx'
import { useChange } from '#web/use-route.ts'
import type { Template } from '../../contract/template.ts'
import { routes } from '../../contract.ts'

export type Body = Record<string, unknown>
export type Draft = {
  body: Body
  state: 'saved' | 'unsaved' | 'saving'
  change(next: Body): void
  undo: (() => void) | undefined
  redo: (() => void) | undefined
  /** Waits until what is shown is saved. */
  flush(): Promise<void>
}

const saveMs = 1200
/** Changes made within this time are undone together. */
const togetherMs = 800
const mostSteps = 200

/** What a language of a template says, saved by itself a moment after the last change; every step can be undone. */
export function useDraft(template: Template, language: string): Draft {
  const toast = useToast()
  const save = useChange(routes.saveDraft, [routes.list])
  const { mutateAsync } = save
  const [body, setBody] = useState<Body>(
    () => template.variants.find((one) => one.language === language)?.body ?? {},
  )
  const [steps, setSteps] = useState<{ past: Body[]; future: Body[] }>({ past: [], future: [] })
  const [state, setState] = useState<Draft['state']>('saved')
  const latest = useRef({ body, revision: template.revision })
  const lastStep = useRef(0)
  latest.current.body = body
  latest.current.revision = Math.max(latest.current.revision, template.revision)

  const flush = useCallback(async () => {
    const { body: sent, revision } = latest.current
    setState('saving')
    try {
      const saved = await mutateAsync({
        params: { id: template.id, language },
        body: { revision, body: sent },
      })
      latest.current.revision = saved.revision
      setState(latest.current.body === sent ? 'saved' : 'unsaved')
    } catch (error) {
      setState('unsaved')
      throw error
    }
  }, [mutateAsync, template.id, language])

  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of the body begins the wait anew
  useEffect(() => {
    if (state !== 'unsaved') return
    const timer = setTimeout(() => void flush().catch(toast.failed), saveMs)
    return () => clearTimeout(timer)
  }, [body, state, flush, toast])

  const put = (next: Body) => {
    setBody(next)
    setState('unsaved')
  }
  const { past, future } = steps
  const [back, forth] = [past.at(-1), future[0]]
  return {
    body,
    state,
    change: (next) => {
      const isNew = Date.now() - lastStep.current > togetherMs
      lastStep.current = Date.now()
      setSteps({ past: isNew ? [...past, body].slice(-mostSteps) : past, future: [] })
      put(next)
    },
    undo:
      back &&
      (() => {
        lastStep.current = 0
        setSteps({ past: past.slice(0, -1), future: [body, ...future] })
        put(back)
      }),
    redo:
      forth &&
      (() => {
        lastStep.current = 0
        setSteps({ past: [...past, body], future: future.slice(1) })
        put(forth)
      }),
    flush: () => (state === 'saved' ? Promise.resolve() : flush()),
  }
}
