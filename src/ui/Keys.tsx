import { keyCaps } from '#ui/shortcuts.ts'

/** A shortcut as keys: ⌘ K. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className="hw-keys">
      {keyCaps(keys).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  )
}
