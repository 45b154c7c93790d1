import { useEffect, useRef, useSyncExternalStore } from 'react'

/** `mod` is ⌘ on a Mac, Ctrl elsewhere; `g p` means g, then p. */
export type Shortcut = { keys: string; label: string; group: string; run: () => void }

const registry = new Set<Shortcut>()
const watchers = new Set<() => void>()
let snapshot: Shortcut[] = []
let pending = ''
let pendingTimer: ReturnType<typeof setTimeout> | undefined

const offKey = 'headwater.single-keys-off'
export const singleKeysOff = (): boolean => localStorage.getItem(offKey) === '1'
/** WCAG 2.1.4: shortcuts of a single key can be switched off. */
export function switchSingleKeys(off: boolean): void {
  localStorage.setItem(offKey, off ? '1' : '0')
  changed()
}

function changed(): void {
  snapshot = [...registry]
  for (const watcher of watchers) watcher()
}

/** Binds keys while the component is shown and lists them in the `?` overlay. */
export function useShortcut(keys: string, label: string, group: string, run: () => void): void {
  const latest = useRef(run)
  latest.current = run
  useEffect(() => {
    const shortcut = { keys, label, group, run: () => latest.current() }
    registry.add(shortcut)
    changed()
    return () => {
      registry.delete(shortcut)
      changed()
    }
  }, [keys, label, group])
}

export const useShortcutList = (): Shortcut[] =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => snapshot,
  )

/** One listener for the whole page; the shell installs it. */
export function listenForShortcuts(): () => void {
  const onKey = (event: KeyboardEvent) => {
    const stroke = strokeOf(event)
    if (!stroke || event.isComposing || event.defaultPrevented) return
    if (!stroke.includes('mod+') && (isTyping(event.target) || singleKeysOff())) return
    const keys = pending ? `${pending} ${stroke}` : stroke
    const found =
      [...registry].findLast((s) => s.keys === keys) ?? [...registry].findLast((s) => s.keys === stroke)
    setPending([...registry].some((s) => s.keys.startsWith(`${stroke} `)) && !pending ? stroke : '')
    if (!found) return
    event.preventDefault()
    found.run()
  }
  window.addEventListener('keydown', onKey)
  return () => window.removeEventListener('keydown', onKey)
}

function setPending(stroke: string): void {
  pending = stroke
  clearTimeout(pendingTimer)
  if (stroke) pendingTimer = setTimeout(() => setPending(''), 1200)
}

export function strokeOf(
  event: Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'altKey'>,
): string | undefined {
  if (event.altKey || ['Shift', 'Control', 'Meta', 'Alt', 'Tab'].includes(event.key)) return undefined
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return event.metaKey || event.ctrlKey ? `mod+${key}` : key
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) ||
    target.role === 'combobox'
  )
}

/** `mod+k` → ⌘ K or Ctrl K. */
export const keyCaps = (keys: string): string[] =>
  keys
    .split(' ')
    .map((stroke) =>
      stroke
        .replace('mod+', navigator.platform.startsWith('Mac') ? '⌘ ' : 'Ctrl ')
        .replace(/\b[a-z]$/, (k) => k.toUpperCase()),
    )
