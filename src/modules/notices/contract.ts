import { z } from 'zod'
import { defineRoutes, PageQuery, pageOf, Timestamp } from '#platform/http/define-routes.ts'
import { allNoticeTypes, levels } from './notice-types.ts'

const NoticeType = z.enum(allNoticeTypes)

export const Notice = z.object({
  id: z.string(),
  type: NoticeType,
  level: z.enum(levels),
  /** What the sentence is made of. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  href: z.string(),
  at: Timestamp,
  readAt: Timestamp.nullable(),
})
export type Notice = z.infer<typeof Notice>

// Everybody's own; a key belongs to a member but is none.
export const routes = defineRoutes({
  list: {
    get: '/api/notices',
    access: 'session',
    summary: 'What I was told, newest first',
    query: PageQuery.extend({ unread: z.stringbool().default(false) }),
    returns: pageOf(Notice),
    fails: ['notice.members_only'],
  },
  count: {
    get: '/api/notices/count',
    access: 'session',
    summary: 'How many notices I have not read, without those that can wait',
    returns: z.object({ unread: z.number().int() }),
    fails: ['notice.members_only'],
  },
  markRead: {
    post: '/api/notices/read',
    access: 'session',
    summary: 'Mark notices read; without ids all of them',
    body: z.object({ ids: z.array(z.string().max(64)).max(1000).optional() }),
    returns: z.void(),
    fails: ['notice.members_only'],
  },
  switches: {
    get: '/api/notices/switches',
    access: 'session',
    summary: 'Which types of notices I get',
    returns: z.object({
      items: z.array(z.object({ type: NoticeType, level: z.enum(levels), on: z.boolean() })),
    }),
    fails: ['notice.members_only'],
  },
  switchType: {
    put: '/api/notices/switches/:type',
    access: 'session',
    summary: 'Switch a type of notices on or off for me',
    params: z.object({ type: NoticeType }),
    body: z.object({ on: z.boolean() }),
    returns: z.void(),
    fails: ['notice.members_only'],
  },
})
