import { useEffect, useState } from 'react'

/** The value once it has stayed the same for a moment: what is counted must not run at every keystroke. */
export function useSettled<T>(value: T, ms = 300): T {
  const text = JSON.stringify(value)
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as T), ms)
    return () => clearTimeout(timer)
  }, [text, ms])
  return settled
}
