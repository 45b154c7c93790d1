import { z } from 'zod'
import { Rule } from '#modules/rules/contract.ts'
import type { RouteTable } from '#platform/http/define-routes.ts'

const Count = z.number().int()

/** People in all of `in` (places in the list that was asked) and in none of the others. */
export const Region = z.object({ in: z.array(z.number().int()), count: Count })
export type Region = z.infer<typeof Region>

export const regionRoutes = {
  regions: {
    post: '/api/segments/regions',
    access: 'segment:read',
    summary:
      'How two or three rules lie across each other: exact people in every region; also what a changed rule would bring in and put out',
    body: z.object({ rules: z.array(Rule).min(2).max(3) }),
    returns: z.object({
      regions: z.array(Region),
      /** Of each rule alone, in the order asked. */
      sizes: z.array(Count),
      everyone: Count,
      tookMs: z.number(),
    }),
    fails: ['rule.malformed'],
  },
  overlaps: {
    post: '/api/segments/overlaps',
    access: 'segment:read',
    summary: 'People whom each two of up to eight segments have in common, exact',
    body: z.object({ segments: z.array(z.string().min(1).max(80)).min(2).max(8) }),
    returns: z.object({
      /** Row and column in the order asked; the diagonal is the size of each. */
      matrix: z.array(z.array(Count)),
      everyone: Count,
      tookMs: z.number(),
    }),
    fails: ['rule.malformed'],
  },
} as const satisfies RouteTable
