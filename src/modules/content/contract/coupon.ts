import { z } from 'zod'
import { PageQuery, pageOf, type RouteTable, Timestamp } from '#platform/http/define-routes.ts'

const Id = z.object({ id: z.string().min(1).max(64) })
const Name = z.string().trim().min(1).max(120)
export const Code = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}_-]{1,64}$/u)

export const CouponPool = z.object({
  id: z.string(),
  name: z.string(),
  /** A pool that has no more than this many left is running low; its keepers are told once. */
  lowAt: z.int(),
  validFrom: Timestamp.nullable(),
  validUntil: Timestamp.nullable(),
  codes: z.int(),
  assigned: z.int(),
  redeemed: z.int(),
  createdAt: Timestamp,
})
export type CouponPool = z.infer<typeof CouponPool>

export const CouponCode = z.object({
  code: z.string(),
  person: z.string().nullable(),
  /** What it was given for, as whoever gave it says. */
  purpose: z.string().nullable(),
  assignedAt: Timestamp.nullable(),
  redeemedAt: Timestamp.nullable(),
})
export type CouponCode = z.infer<typeof CouponCode>

const settings = {
  name: Name,
  lowAt: z.int().min(0).max(1_000_000).default(100),
  validFrom: Timestamp.nullable().default(null),
  validUntil: Timestamp.nullable().default(null),
}

export const couponRoutes = {
  listPools: {
    get: '/api/coupon-pools',
    access: 'content:read',
    summary: 'Pools of coupon codes, newest first, with how many are left',
    query: PageQuery,
    returns: pageOf(CouponPool),
  },
  getPool: {
    get: '/api/coupon-pools/:id',
    access: 'content:read',
    summary: 'A pool of coupon codes',
    params: Id,
    returns: CouponPool,
    fails: ['coupon.pool_missing'],
  },
  createPool: {
    post: '/api/coupon-pools',
    access: 'content:write',
    summary: 'Make a pool, of given codes or of generated ones',
    body: z.object({
      ...settings,
      codes: z.array(Code).max(100_000).default([]),
      generate: z
        .object({
          count: z.int().min(1).max(100_000),
          prefix: z
            .string()
            .regex(/^[A-Z0-9-]{0,16}$/)
            .default(''),
          length: z.int().min(6).max(24).default(10),
        })
        .optional(),
    }),
    returns: CouponPool,
    status: 201,
    fails: ['coupon.pool_name_taken', 'coupon.code_taken'],
  },
  changePool: {
    patch: '/api/coupon-pools/:id',
    access: 'content:write',
    summary: 'Rename a pool, change how long its codes are valid and when it is low',
    params: Id,
    body: z.object({
      name: Name.optional(),
      lowAt: z.int().min(0).max(1_000_000).optional(),
      validFrom: Timestamp.nullable().optional(),
      validUntil: Timestamp.nullable().optional(),
    }),
    returns: CouponPool,
    fails: ['coupon.pool_missing', 'coupon.pool_name_taken'],
  },
  addCodes: {
    post: '/api/coupon-pools/:id/codes',
    access: 'content:write',
    summary: 'Put more codes into a pool; those it has already are passed over',
    params: Id,
    body: z.object({ codes: z.array(Code).min(1).max(100_000) }),
    returns: z.object({ added: z.int(), known: z.int() }),
    fails: ['coupon.pool_missing', 'coupon.code_taken'],
  },
  listCodes: {
    get: '/api/coupon-pools/:id/codes',
    access: 'content:read',
    summary: 'Codes of a pool that were given to people, last given first',
    params: Id,
    query: PageQuery,
    returns: pageOf(CouponCode),
    fails: ['coupon.pool_missing'],
  },
  assignCoupon: {
    post: '/api/coupon-pools/:id/assign',
    access: 'content:write',
    summary: 'Give a person a code of a pool: the same again for the same purpose, never one code to two',
    params: Id,
    body: z.object({ person: z.string().min(1).max(64), purpose: z.string().trim().min(1).max(120) }),
    returns: CouponCode,
    fails: ['coupon.pool_missing', 'coupon.pool_empty', 'coupon.not_valid', 'profile.missing'],
  },
  redeemCoupon: {
    post: '/api/coupons/redeem',
    access: 'content:write',
    summary: 'Note that a code was used, once; for shops that do not send orders with `coupon`',
    body: z.object({ code: Code }),
    returns: CouponCode,
    fails: ['coupon.missing', 'coupon.not_valid', 'coupon.redeemed'],
  },
} as const satisfies RouteTable
