import { z } from 'zod'
import { PageQuery, pageOf, type RouteTable, Timestamp } from '#platform/http/define-routes.ts'

const Colour = z.string().regex(/^#[0-9a-fA-F]{6}$/)
const Address = z
  .string()
  .max(2000)
  .refine((url) => url === '' || /^https?:\/\/[^\s"'<>]+$/.test(url) || /^\/[^\s"'<>/][^\s"'<>]*$/.test(url))

/** How everything of a workspace looks; what templates are published with from now on. */
export const Brand = z.object({
  /** Picture on top of mails; none where empty. */
  logo: Address,
  logoWidth: z.int().min(20).max(600),
  primary: Colour,
  ink: Colour,
  background: Colour,
  /** Names of fonts mail programs have, the first first. */
  font: z
    .string()
    .max(200)
    .regex(/^[\p{L}\p{N} ,'-]+$/u),
  radius: z.int().min(0).max(40),
})
export type Brand = z.infer<typeof Brand>

const Id = z.object({ id: z.string().min(1).max(64) })
const Name = z.string().trim().min(1).max(120)
/** One row of a mail, kept once and used in many. */
const Mjml = z.string().trim().min(1).max(100_000)
export const SavedBlock = z.object({
  id: z.string(),
  name: z.string(),
  version: z.int(),
  mjml: z.string(),
  /** Templates whose draft uses it. */
  usedBy: z.array(z.object({ id: z.string(), name: z.string() })),
  updatedAt: Timestamp,
  updatedBy: z.string(),
})
export type SavedBlock = z.infer<typeof SavedBlock>

export const brandRoutes = {
  getBrand: {
    get: '/api/content-settings/brand',
    access: 'content:read',
    summary: 'The brand kit: logo, colours, font',
    returns: Brand,
  },
  setBrand: {
    put: '/api/content-settings/brand',
    access: 'content:publish',
    summary: 'Change the brand kit; a template has it when it is published the next time',
    body: Brand,
    returns: Brand,
  },
  listBlocks: {
    get: '/api/content-blocks',
    access: 'content:read',
    summary: 'Reusable rows of mails, by name',
    query: PageQuery,
    returns: pageOf(SavedBlock),
  },
  createBlock: {
    post: '/api/content-blocks',
    access: 'content:write',
    summary: 'Keep a row of a mail, to be used in many as <hw-block id="…" />',
    body: z.object({ name: Name, mjml: Mjml }),
    returns: SavedBlock,
    status: 201,
    fails: ['content_block.name_taken', 'content_block.not_a_row'],
  },
  changeBlock: {
    put: '/api/content-blocks/:id',
    access: 'content:write',
    summary:
      'Change a reusable row: a new version, which mails that do not pin one have when they are published next',
    params: Id,
    body: z.object({ name: Name, mjml: Mjml }),
    returns: SavedBlock,
    fails: ['content_block.missing', 'content_block.name_taken', 'content_block.not_a_row'],
  },
  removeBlock: {
    delete: '/api/content-blocks/:id',
    access: 'content:write',
    summary: 'Delete a reusable row that no draft uses',
    params: Id,
    returns: z.void(),
    fails: ['content_block.missing', 'content_block.in_use'],
  },
} as const satisfies RouteTable
