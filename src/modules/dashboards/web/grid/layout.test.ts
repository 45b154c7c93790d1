import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inReadingOrder, moveTile, overlaps, type Place, pack, resizeTile, stepTile } from './layout.ts'

const tile = (id: string, x: number, y: number, w: number, h: number): Place => ({ id, x, y, w, h })
const at = (tiles: Place[], id: string) => {
  const { x, y, w, h } = tiles.find((one) => one.id === id) as Place
  return [x, y, w, h]
}

const drawn = fc
  .array(
    fc.record({
      w: fc.integer({ min: 2, max: 12 }),
      h: fc.integer({ min: 2, max: 9 }),
      x: fc.integer({ min: 0, max: 11 }),
      y: fc.integer({ min: 0, max: 30 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((list) =>
    list.map(({ x, w, ...rest }, n) => ({ id: `t${n}`, ...rest, w, x: Math.min(x, 12 - w) }) as Place),
  )

function expectWhole(before: readonly Place[], after: readonly Place[]): void {
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
  for (const one of after) {
    expect(one.x >= 0 && one.y >= 0 && one.x + one.w <= 12).toBe(true)
    expect(after.some((other) => overlaps(one, other))).toBe(false)
    const higher = { ...one, y: one.y - 1 }
    expect(one.y === 0 || after.some((other) => overlaps(higher, other))).toBe(true)
  }
}

test('whatever is moved or resized: nothing overlaps, nothing hangs in the air, nothing is lost', () => {
  const step = fc.record({
    which: fc.nat(),
    x: fc.integer({ min: -3, max: 14 }),
    y: fc.integer({ min: -3, max: 40 }),
    resize: fc.boolean(),
  })
  fc.assert(
    fc.property(drawn, fc.array(step, { maxLength: 8 }), (tiles, steps) => {
      let now = pack(tiles)
      expectWhole(tiles, now)
      expect(pack(now)).toEqual(now)
      for (const { which, x, y, resize } of steps) {
        const id = `t${which % tiles.length}`
        now = resize ? resizeTile(now, id, { w: x, h: y }) : moveTile(now, id, { x, y })
        expectWhole(tiles, now)
      }
    }),
    { numRuns: 400, seed: 7 },
  )
})

test('a step changes something as long as there is a way', () => {
  const board = [tile('a', 0, 0, 6, 4), tile('b', 6, 0, 6, 4), tile('c', 0, 4, 12, 5)]
  expect(at(stepTile(board, 'c', 0, -1), 'c')).toEqual([0, 0, 12, 5])
  const down = stepTile(board, 'a', 0, 1)
  expect(at(down, 'a')).toEqual([0, 9, 6, 4])
  expect(stepTile(board, 'a', -1, 0)).toEqual(board)
  expect(stepTile(board, 'b', 1, 0)).toEqual(board)
})

test('two of one size beside each other change places; half over the next is enough to pass it', () => {
  const row = [tile('a', 0, 0, 6, 4), tile('b', 6, 0, 6, 4)]
  const over = moveTile(row, 'a', { x: 4, y: 0 })
  expect([at(over, 'a')[1], at(over, 'b')]).toEqual([0, [0, 4, 6, 4]])
  const swapped = moveTile(row, 'a', { x: 6, y: 0 })
  expect([at(swapped, 'a'), at(swapped, 'b')]).toEqual([
    [6, 0, 6, 4],
    [0, 0, 6, 4],
  ])
  const column = [tile('a', 0, 0, 12, 4), tile('b', 0, 4, 12, 4)]
  expect(at(moveTile(column, 'a', { x: 0, y: 1 }), 'a')).toEqual([0, 0, 12, 4])
  expect(at(moveTile(column, 'a', { x: 0, y: 3 }), 'a')).toEqual([0, 4, 12, 4])
})

test('a wider tile pushes its neighbour down and keeps its place', () => {
  const row = [tile('a', 0, 0, 6, 4), tile('b', 6, 0, 6, 4)]
  const wide = resizeTile(row, 'a', { w: 8, h: 4 })
  expect([at(wide, 'a'), at(wide, 'b')]).toEqual([
    [0, 0, 8, 4],
    [6, 4, 6, 4],
  ])
  expect(inReadingOrder(wide).map(({ id }) => id)).toEqual(['a', 'b'])
})
