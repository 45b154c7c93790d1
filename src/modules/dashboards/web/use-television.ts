import { type RefObject, useEffect, useRef } from 'react'

/**
 * A board alone on the screen. Where the browser has no full screen, or the address was opened on a wall, it fills the window;
 * leaving the browser's full screen leaves it.
 */
export function useTelevision(box: RefObject<HTMLElement | null>, isOn: boolean, leave: () => void) {
  const left = useRef(leave)
  left.current = leave
  useEffect(() => {
    if (!isOn) return
    const changed = () => {
      if (!document.fullscreenElement) left.current()
    }
    const pressed = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !document.fullscreenElement) left.current()
    }
    document.addEventListener('fullscreenchange', changed)
    window.addEventListener('keydown', pressed)
    return () => {
      document.removeEventListener('fullscreenchange', changed)
      window.removeEventListener('keydown', pressed)
      if (document.fullscreenElement) void document.exitFullscreen()
    }
  }, [isOn])
  return {
    enter: () => {
      // Refused without a click or on some phones: the window is filled all the same.
      box.current?.requestFullscreen?.().catch(() => undefined)
    },
  }
}
