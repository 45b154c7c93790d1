import type { Allowance } from '#platform/http/open-rate.ts'

/** A reader of a wall board with 60 tiles that renews itself every minute, and a colleague at the same address. */
export const asksPerAddress: Allowance = { most: 300, everyMs: 60_000 }
/** Typing errors, not guessing. */
export const passwordsPerAddress: Allowance = { most: 10, everyMs: 900_000 }
export const passwordsPerLink: Allowance = { most: 100, everyMs: 3_600_000 }

/** What is answered beyond them. Answers are kept besides, so that the engine is asked far less often than this. */
export const tooOften = {
  code: 'board_link.asked_too_often',
  sentence: 'This link was asked too often; wait a moment.',
  longestMs: passwordsPerLink.everyMs,
}
