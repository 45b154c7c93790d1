import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pack } from './layout.ts'
import { sheetsOf } from './sheets.ts'

const tile = (id: string, y: number, h: number, x = 0) => ({ id, x, y, w: 6, h })
const places = (sheets: readonly { id: string; y: number }[][]) =>
  sheets.map((sheet) => sheet.map(({ id, y }) => [id, y]))

test('a board that fits is one sheet, and one without tiles is none', () => {
  expect(sheetsOf([], '')).toEqual([])
  expect(places(sheetsOf([tile('a', 0, 10), tile('b', 0, 6, 6), tile('c', 10, 11)], ''))).toEqual([
    [
      ['a', 0],
      ['b', 0],
      ['c', 10],
    ],
  ])
})

test('a sheet ends between rows, the next begins at its top; the first has less room, for its head', () => {
  const tiles = [
    tile('a', 0, 12),
    tile('b', 12, 10),
    tile('c', 12, 4, 6),
    tile('d', 22, 12),
    tile('e', 34, 2),
  ]
  // 12 + 10 is one more than the 21 beside the head; 10 + 12 + 2 are the 24 of a whole sheet.
  expect(places(sheetsOf(tiles, ''))).toEqual([
    [['a', 0]],
    [
      ['b', 0],
      ['c', 0],
      ['d', 10],
      ['e', 22],
    ],
  ])
})

test('a long description takes room from the first sheet', () => {
  const tiles = [tile('a', 0, 10), tile('b', 10, 11)]
  expect(sheetsOf(tiles, '')).toHaveLength(1)
  expect(sheetsOf(tiles, 'x'.repeat(90))).toHaveLength(2)
})

test('a tile higher than a sheet stands alone', () => {
  expect(places(sheetsOf([tile('a', 0, 4), tile('b', 4, 40), tile('c', 44, 4)], ''))).toEqual([
    [['a', 0]],
    [['b', 0]],
    [['c', 0]],
  ])
})

const Tile = fc.record({
  x: fc.integer({ min: 0, max: 6 }),
  y: fc.integer({ min: 0, max: 60 }),
  w: fc.integer({ min: 2, max: 6 }),
  h: fc.integer({ min: 2, max: 30 }),
})

test('every tile is on one sheet, and none is cut but one that begins a sheet and is higher than it', () => {
  fc.assert(
    fc.property(fc.array(Tile, { maxLength: 20 }), fc.string({ maxLength: 400 }), (drawn, description) => {
      const tiles = pack(drawn.map((one, at) => ({ ...one, id: String(at) })))
      const sheets = sheetsOf(tiles, description)
      const ids = sheets.flat().map(({ id }) => id)
      expect(ids.toSorted()).toEqual(tiles.map(({ id }) => id).toSorted())
      for (const [at, sheet] of sheets.entries()) {
        expect(Math.min(...sheet.map(({ y }) => y))).toBe(0)
        const room = at === 0 ? 21 - Math.floor(description.length / 90) : 24
        // What does not begin the sheet is on it because it fits.
        for (const { y, h } of sheet) if (y > 0) expect(y + h).toBeLessThanOrEqual(room)
      }
    }),
  )
})
