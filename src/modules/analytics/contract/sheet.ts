import { z } from 'zod'
import type { RouteTable } from '#platform/http/define-routes.ts'

/** More than any table of an answer has; a whole list of people is an export. */
const mostCells = 200_000

export const sheetRoutes = {
  sheet: {
    post: '/api/analytics/sheet',
    access: 'analytics:read',
    summary: 'A table of numbers as a workbook (XLSX): what is sent comes back as a file, nothing is kept',
    body: z
      .strictObject({
        title: z.string().trim().min(1).max(200),
        header: z.array(z.string().max(1000)).min(1).max(5000),
        rows: z.array(z.array(z.union([z.string().max(5000), z.number(), z.null()])).max(5000)).max(100_000),
      })
      .refine(({ rows }) => rows.reduce((sum, row) => sum + row.length, 0) <= mostCells, {
        message: `At most ${mostCells} cells.`,
        path: ['rows'],
      }),
    returns: z.unknown(),
    produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
} as const satisfies RouteTable
