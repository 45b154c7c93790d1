import { useSyncExternalStore } from 'react'
import { currentLanguage, type Language, setLanguage } from '#ui/i18n.ts'

export type ThemeChoice = 'light' | 'dark' | 'system'
export type Preferences = { language: Language; theme: ThemeChoice; timezone: string }

const storeKey = 'headwater.preferences'
const machineZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
const watchers = new Set<() => void>()
let current = load()

function load(): Preferences {
  const guess: Preferences = {
    language: navigator.language.startsWith('zh') ? 'zh' : 'en',
    theme: 'system',
    timezone: machineZone,
  }
  try {
    return { ...guess, ...(JSON.parse(localStorage.getItem(storeKey) ?? '{}') as Partial<Preferences>) }
  } catch (error) {
    if (error instanceof SyntaxError) return guess
    throw error
  }
}

/** Language, theme and zone of this browser; the account's once somebody is logged in. */
export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  localStorage.setItem(storeKey, JSON.stringify(current))
  applyPreferences()
  for (const watcher of watchers) watcher()
}

export function applyPreferences(): void {
  if (currentLanguage() !== current.language) setLanguage(current.language)
}

export function adoptPreferences(
  user: { language: Language; theme: ThemeChoice; timezone: string | null },
  workspaceZone?: string,
): void {
  setPreferences({
    language: user.language,
    theme: user.theme,
    timezone: user.timezone ?? workspaceZone ?? machineZone,
  })
}

export const usePreferences = (): Preferences =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => current,
  )
