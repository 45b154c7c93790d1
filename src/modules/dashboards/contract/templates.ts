import { z } from 'zod'
import type { RouteTable } from '#platform/http/define-routes.ts'
import { Board } from './board.ts'

export const templateKeys = ['marketing', 'management', 'sales'] as const
export type TemplateKey = (typeof templateKeys)[number]
/** What a ready board asks about; which event of the workspace that is. */
export const eventRoles = ['interest', 'sign_up', 'meeting', 'order'] as const
export type EventRole = (typeof eventRoles)[number]
const name = z.string().min(1).max(500)

export const templateRoutes = {
  templates: {
    get: '/api/dashboards/templates',
    access: 'dashboard:read',
    summary: 'Ready boards, and which events of this workspace would fill them',
    returns: z.object({
      items: z.array(
        z.object({
          key: z.enum(templateKeys),
          roles: z.array(
            z.object({
              role: z.enum(eventRoles),
              /** The likeliest event; null: none that was sent looks like it. */
              event: z.string().nullable(),
            }),
          ),
        }),
      ),
    }),
  },
  useTemplate: {
    post: '/api/dashboards/templates/:key',
    access: 'dashboard:write',
    summary:
      'Make a ready board of the workspace’s own events, with its analyses in a folder of the same name',
    params: z.object({ key: z.enum(templateKeys) }),
    body: z.object({
      /** In place of the likeliest ones; null leaves out what needs it. */
      events: z.partialRecord(z.enum(eventRoles), name.nullable()).default({}),
    }),
    returns: Board,
    status: 201,
    fails: ['board.nothing_to_show'],
  },
} as const satisfies RouteTable
