import { createContext, type ReactNode, use, useEffect, useSyncExternalStore } from 'react'
import type { Language } from '#ui/i18n.ts'

/** How this reader wants things shown; the shell provides it. */
export type Display = { language: Language; timezone: string; dark: boolean }

const machineZone = Intl.DateTimeFormat().resolvedOptions().timeZone
const DisplayContext = createContext<Display>({ language: 'zh', timezone: machineZone, dark: false })

export const useDisplay = (): Display => use(DisplayContext)

export function DisplayProvider({ value, children }: { value: Display; children: ReactNode }) {
  return <DisplayContext value={value}>{children}</DisplayContext>
}

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    () => window.matchMedia(query).matches,
  )
}

/** Phones: tables become cards, the rail a bottom bar. */
export const useIsNarrow = (): boolean => useMedia('(max-width: 720px)')
export const useIsCalm = (): boolean => useMedia('(prefers-reduced-motion: reduce)')

// One clock for every relative time on the page, so that neighbours never disagree.
let now = Date.now()
const watchers = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function watchClock(changed: () => void): () => void {
  watchers.add(changed)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const watcher of watchers) watcher()
  }, 5000)
  return () => {
    watchers.delete(changed)
    if (watchers.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The present, renewed every 5 s. */
export const useNow = (): number => {
  useEffect(() => {
    now = Math.max(now, Date.now())
  }, [])
  return useSyncExternalStore(watchClock, () => now)
}
