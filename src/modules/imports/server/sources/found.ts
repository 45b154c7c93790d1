import type { PullState } from '#modules/imports/server/sources/source-store.ts'
import type { AppError } from '#platform/errors.ts'

/** Something a source offers. */
export type Found = {
  /** By which it is remembered, and shown. */
  name: string
  shown: string
  /**
   * Writes it to a path and says what marks it; undefined when there is nothing to bring in after all. With a fault it was
   * not written, and need not be tried again while it is the same.
   */
  take(path: string): Promise<{ mark: string; cursor: PullState | null; fault?: AppError } | undefined>
}

/** Whether a name fits a pattern of `*` and `?`; without backtracking, however many stars there are. */
export function fitsGlob(glob: string, name: string): boolean {
  let [at, from, star, tried] = [0, 0, -1, 0]
  while (from < name.length) {
    if (at < glob.length && glob[at] !== '*' && (glob[at] === '?' || glob[at] === name[from])) {
      at++
      from++
    } else if (glob[at] === '*') {
      star = at++
      tried = from
    } else if (star >= 0) {
      at = star + 1
      from = ++tried
    } else return false
  }
  while (glob[at] === '*') at++
  return at === glob.length
}
