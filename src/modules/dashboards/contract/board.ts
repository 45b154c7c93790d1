import { z } from 'zod'
import { Range, SavedAnalysis } from '#modules/analytics/contract.ts'
import { Rule } from '#modules/rules/contract.ts'
import { Timestamp } from '#platform/http/define-routes.ts'

/** Limits of one board; beyond them it is refused, never cut short. */
export const boardLimits = { columns: 12, tiles: 60, rows: 2000, tall: 40, text: 10_000 } as const
/** Smaller than this a tile says nothing. */
export const leastTile = { w: 2, h: 2 } as const

const place = {
  x: z
    .int()
    .min(0)
    .max(boardLimits.columns - 1),
  y: z.int().min(0).max(boardLimits.rows),
  w: z.int().min(leastTile.w).max(boardLimits.columns),
  h: z.int().min(leastTile.h).max(boardLimits.tall),
}
const title = z.string().trim().max(160)
const Id = z.string().min(1).max(64)
const analysisTile = {
  analysis: Id,
  /** In place of the analysis's own name. */
  title: title.optional(),
  /** Keeps its own range and audience, whatever the board's filters say. */
  own: z.boolean().optional(),
}

export const shows = ['chart', 'table', 'both'] as const
export const Tile = z
  .discriminatedUnion('kind', [
    z.strictObject({
      id: Id,
      kind: z.literal('analysis'),
      ...place,
      ...analysisTile,
      show: z.enum(shows).default('chart'),
    }),
    z.strictObject({
      id: Id,
      kind: z.literal('number'),
      ...place,
      ...analysisTile,
      /** Which series of the trend, counted from 0. */
      series: z.int().min(0).max(20).default(0),
    }),
    z.strictObject({
      id: Id,
      kind: z.literal('text'),
      ...place,
      title: title.optional(),
      text: z.string().max(boardLimits.text),
    }),
  ])
  .refine(({ x, w }) => x + w <= boardLimits.columns, { message: 'The tile reaches beyond the last column.' })
export type Tile = z.infer<typeof Tile>
export type TileKind = Tile['kind']

export const Tiles = z
  .array(Tile)
  .max(boardLimits.tiles)
  .refine((tiles) => new Set(tiles.map(({ id }) => id)).size === tiles.length, {
    message: 'Two tiles have the same id.',
  })

/** What the whole board is narrowed to: a range in place of those of the tiles, an audience besides theirs. */
export const Filters = z.strictObject({ range: Range.optional(), audience: Rule.optional() })
export type Filters = z.infer<typeof Filters>

export const BoardLine = z.object({
  id: z.string(),
  name: z.string(),
  /** `''`: in none. */
  folder: z.string(),
  description: z.string(),
  tiles: z.number().int(),
  /** Who made it. */
  owner: z.string(),
  mine: z.boolean(),
  /** Of the caller. */
  favourite: z.boolean(),
  version: z.number().int(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type BoardLine = z.infer<typeof BoardLine>

export const Board = BoardLine.extend({
  tiles: z.array(Tile),
  filters: Filters,
  /** The saved analyses its tiles show, for who may ask analyses. */
  analyses: z.array(SavedAnalysis),
})
export type Board = z.infer<typeof Board>
