import type { Store } from './store.ts'

export type Json = Record<string, unknown>

/** Status 0: no answer came. `retryAfter` in seconds, where the server said it. */
export type Answer = { status: number; retryAfter?: number | undefined }

/** What the tracker needs of the place it runs in: a browser's page, a mini-program, a test. */
export type Device = {
  /** Who this is: anonymous id, login, session, touches. */
  ids: Store
  /** What waits to be sent; shared by all pages of the origin. */
  queue: Store
  /** Never rejects. */
  post(url: string, body: string): Promise<Answer>
  /** Hands over while the page goes away; false when it was not taken. */
  beacon(url: string, body: string): boolean
  /** Runs the work unless another page is at it; false then. */
  exclusive(work: () => Promise<void>): Promise<boolean>
  isOnline(): boolean
  context(): Json
  /** Letters and digits nobody else has. */
  random(): string
}

export function warn(sentence: string): void {
  // biome-ignore lint/suspicious/noConsole: the only place where an integrator looks; nothing else is said there
  console.warn(`headwater: ${sentence}`)
}
