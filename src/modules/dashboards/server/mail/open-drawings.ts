import { randomBytes } from 'node:crypto'
import type { Filters } from '#modules/dashboards/contract/board.ts'

/** A board being drawn: what the page may see, and for as long as it is drawn. */
export type OpenDrawing = {
  id: string
  workspace: number
  board: string
  member: string
  filters: Filters
}

const prefix = 'drawing.'

/**
 * What the page that is drawn shows instead of a link: 256 random bits, kept in this process alone and forgotten with the
 * drawing. It is in no list and no table, and Chromium's requests never reach a wire (src/platform/chromium), so nobody else
 * can have seen it.
 */
export function openDrawings() {
  const open = new Map<string, OpenDrawing>()
  return {
    find: (token: string): OpenDrawing | undefined =>
      token.startsWith(prefix) ? open.get(token) : undefined,
    /** Open for as long as `work` takes. */
    async during<T>(drawing: OpenDrawing, work: (token: string) => Promise<T>): Promise<T> {
      const token = `${prefix}${randomBytes(32).toString('base64url')}`
      open.set(token, drawing)
      try {
        return await work(token)
      } finally {
        open.delete(token)
      }
    },
  }
}
export type DrawingsOpen = ReturnType<typeof openDrawings>
