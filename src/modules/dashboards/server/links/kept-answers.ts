import type { Answer } from '#modules/analytics/contract.ts'
import type { Clock } from '#platform/clock.ts'

const keptMs = 30_000
const mostKept = 500

/** Answers of shared boards, for half a minute: a link sent to a thousand people is still one question. */
export function keepAnswers(clock: Clock) {
  const kept = new Map<string, { at: number; answer: Promise<Answer> }>()
  return {
    get(key: string, ask: () => Promise<Answer>): Promise<Answer> {
      const now = clock.now()
      const known = kept.get(key)
      if (known && now - known.at < keptMs) return known.answer
      const answer = ask()
      kept.delete(key)
      kept.set(key, { at: now, answer })
      // A failure is told to whoever asked together, and asked anew by the next.
      answer.catch(() => kept.delete(key))
      for (const oldest of kept.keys()) {
        if (kept.size <= mostKept) break
        kept.delete(oldest)
      }
      return answer
    },
  }
}
export type AnswersKept = ReturnType<typeof keepAnswers>
