import { useEffect, useState } from 'react'
import type { Command } from '#ui/CommandPalette.tsx'

/**
 * Answers commands for what is typed; asked anew on every keystroke, the old question is aborted. Asked within its own
 * scope or none.
 */
export type CommandSource = {
  scope: string
  ask: (query: string, signal: AbortSignal) => Promise<Command[]>
}
/** `fault`: what the last source that failed said. */
export type Found = { commands: Command[]; busy: boolean; failed: boolean; fault?: unknown }

const pauseMs = 60
const nothing: Found = { commands: [], busy: false, failed: false }

/** Answers appear as they come, in the order of the sources: a slow one holds nobody up. */
export function useSources(text: string, scope: string | undefined, sources: CommandSource[]): Found {
  const [found, setFound] = useState<Found>(nothing)
  useEffect(() => {
    const asked = text === '' ? [] : sources.filter((source) => !scope || source.scope === scope)
    if (asked.length === 0) return setFound(nothing)
    const stop = new AbortController()
    const answers: (Command[] | undefined)[] = asked.map(() => undefined)
    let open = asked.length
    let failed = false
    let fault: unknown
    setFound((was) => ({ ...was, busy: true, failed: false }))
    const tell = () => {
      open--
      if (!stop.signal.aborted)
        setFound({ commands: answers.flatMap((answer) => answer ?? []), busy: open > 0, failed, fault })
    }
    const timer = setTimeout(() => {
      for (const [at, source] of asked.entries())
        source
          .ask(text, stop.signal)
          .then((commands) => {
            answers[at] = commands
          })
          .catch((error: unknown) => {
            fault = error
            failed = true // shown below the list; an abort is nobody's failure and is not told
          })
          .finally(tell)
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [text, scope, sources])
  return text === '' ? nothing : found
}
