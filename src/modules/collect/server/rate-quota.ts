import { AppError } from '#platform/errors.ts'

/** Token bucket per workspace, two seconds deep; 0 items per second means no quota. */
export function createQuota(
  perSecond: number,
  now: () => number,
): (workspace: number, items: number) => void {
  const buckets = new Map<number, { tokens: number; at: number }>()
  const depth = perSecond * 2
  return (workspace, items) => {
    if (perSecond === 0) return
    const time = now()
    const bucket = buckets.get(workspace) ?? { tokens: depth, at: time }
    const elapsed = Math.max(0, time - bucket.at) // a clock set back takes nothing away
    bucket.tokens = Math.min(depth, bucket.tokens + (elapsed / 1000) * perSecond)
    bucket.at = time
    buckets.set(workspace, bucket)
    if (bucket.tokens < Math.min(items, depth)) {
      const retryAfter = Math.max(1, (Math.min(items, depth) - bucket.tokens) / perSecond)
      throw new AppError('collect.quota', 'limited', 'This workspace is over its items per second.', {
        retryAfter,
      })
    }
    bucket.tokens -= items
  }
}
