import { z } from 'zod'

const cuts = z.array(z.number()).min(1).max(9)

/** What only RFM asks, as it stands in the address. */
export const RfmOptions = z.object({
  /** Orders told by an event instead of the order facts. */
  source: z.enum(['event', 'orders']).optional().catch(undefined),
  amount: z.string().max(500).optional().catch(undefined),
  currency: z.string().max(16).optional().catch(undefined),
  as_of: z.iso.date().optional().catch(undefined),
  method: z.enum(['quantile', 'fixed']).optional().catch(undefined),
  bins: z.number().int().min(2).max(10).optional().catch(undefined),
  cuts: z.object({ r: cuts, f: cuts, m: cuts }).optional().catch(undefined),
  high: z.number().int().min(2).max(10).optional().catch(undefined),
  /** What the grid is coloured by. */
  grid: z.enum(['people', 'money']).optional().catch(undefined),
})
export type RfmOptions = z.infer<typeof RfmOptions>

/** Cut points that fit most shops, to begin from. */
export const usualCuts = { r: [30, 60, 120, 240], f: [2, 3, 5, 10], m: [100, 300, 1000, 3000] }

/** "30, 60, 120" as ascending numbers; undefined when it is none. */
export function readCuts(text: string): number[] | undefined {
  const numbers = text
    .split(/[,，、;；\s]+/)
    .filter((one) => one !== '')
    .map(Number)
  const ascends = numbers.every(
    (one, at) => Number.isFinite(one) && (at === 0 || one > (numbers[at - 1] as number)),
  )
  return numbers.length > 0 && numbers.length < 10 && ascends ? numbers : undefined
}
