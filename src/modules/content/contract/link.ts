import { z } from 'zod'
import { PageQuery, pageOf, type RouteTable, Timestamp } from '#platform/http/define-routes.ts'

const Id = z.object({ id: z.string().min(1).max(64) })
const Name = z.string().trim().min(1).max(120)
const Target = z
  .string()
  .max(2000)
  .refine((url) => /^https?:\/\//i.test(url) && URL.canParse(url))
const Part = z.string().trim().max(120).default('')
export const utmParts = ['source', 'medium', 'campaign', 'term', 'content'] as const
export const Utm = z.object({ source: Part, medium: Part, campaign: Part, term: Part, content: Part })

export const TrackedLink = z.object({
  id: z.string(),
  name: z.string(),
  target: z.string(),
  utm: Utm,
  /** What is printed on a poster. */
  address: z.string(),
  /** Where it leads, with its UTM parameters. */
  leadsTo: z.string(),
  visits: z.int(),
  lastVisit: Timestamp.nullable(),
  createdAt: Timestamp,
})
export type TrackedLink = z.infer<typeof TrackedLink>

export const linkRoutes = {
  listLinks: {
    get: '/api/tracked-links',
    access: 'content:read',
    summary: 'Links of posters and pages of others, newest first, with their visits',
    query: PageQuery,
    returns: pageOf(TrackedLink),
  },
  createLink: {
    post: '/api/tracked-links',
    access: 'content:write',
    summary: 'Make a short link that counts its visits, with UTM parameters',
    body: z.object({ name: Name, target: Target, utm: Utm.prefault({}) }),
    returns: TrackedLink,
    status: 201,
  },
  changeLink: {
    put: '/api/tracked-links/:id',
    access: 'content:write',
    summary: 'Say where a link leads from now on; what is printed stays the same',
    params: Id,
    body: z.object({ name: Name, target: Target, utm: Utm.prefault({}) }),
    returns: TrackedLink,
    fails: ['tracked_link.missing'],
  },
  removeLink: {
    delete: '/api/tracked-links/:id',
    access: 'content:write',
    summary: 'End a link: whoever follows it finds nothing',
    params: Id,
    returns: z.void(),
    fails: ['tracked_link.missing'],
  },
  qrCode: {
    get: '/api/tracked-links/:id/qr.svg',
    access: 'content:read',
    summary: 'The link as a QR code, for printing',
    params: Id,
    returns: z.string(),
    produces: 'image/svg+xml',
    fails: ['tracked_link.missing'],
  },
} as const satisfies RouteTable
