import { expect, test } from 'vitest'
import { ImportSpec } from '#modules/imports/contract.ts'
import { compileSpec } from '#modules/imports/server/mapping/compile-spec.ts'
import { groupOrders } from '#modules/imports/server/mapping/group-orders.ts'
import { makeItem } from '#modules/imports/server/mapping/make-item.ts'
import { type ReadRow, readRow } from '#modules/imports/server/mapping/read-row.ts'
import { surveyTable } from '#modules/imports/server/mapping/survey.ts'
import type { TableRow } from '#modules/imports/server/reading/table-row.ts'
import { AppError } from '#platform/errors.ts'

async function* rowsOf(rows: readonly (readonly string[])[]): AsyncGenerator<TableRow> {
  for (const [at, cells] of rows.entries()) yield { number: at + 2, cells: [...cells] }
}

const normalise = (kind: string, value: string) => {
  if (kind === 'email') return value.includes('@') ? value.toLowerCase() : undefined
  return kind === 'phone' && !/^\+?\d{5,}$/.test(value) ? undefined : value
}

async function read(given: object, columns: string[], rows: string[][]): Promise<ReadRow[]> {
  const spec = ImportSpec.parse(given)
  const survey = await surveyTable({ columns, warnings: [], rows: rowsOf(rows) }, { keepPlaceholders: false })
  const context = { plan: compileSpec(spec, survey), spec, zone: 'UTC', normalise }
  return rows.map((cells, at) => readRow(context, { number: at + 2, cells }))
}
const codes = (rows: readonly ReadRow[]) => rows.map((row) => (row.ok ? 'ok' : row.fault.code))
const itemsOf = (kind: 'people' | 'events' | 'orders', rows: readonly ReadRow[]) =>
  rows.flatMap((row) =>
    row.ok
      ? [
          makeItem(
            { importId: 'imp_1', spec: { kind }, startedAt: 0 },
            { reading: row.reading, lines: [row.reading.number] },
          ),
        ]
      : [],
  )

const people = {
  kind: 'people',
  key: { column: 'ID', kind: 'prospect_id' },
  columns: {
    Mail: { identifier: 'email' },
    'How did you hear about X Education': { attribute: true },
    Visits: { attribute: 'visits' },
    Code: 'attribute',
    Left: 'skip',
  },
}

test('a row becomes an identify: types by the whole column, identifiers in the stored spelling', async () => {
  const columns = [
    'ID',
    'Mail',
    'How did you hear about X Education',
    'Visits',
    'Code',
    'Left',
    'Unmentioned',
  ]
  const [row] = itemsOf(
    'people',
    await read(people, columns, [
      ['p1', 'Ann@Example.com', 'Google', '3', '007', 'x', 'y'],
      ['p2', '', 'Select', '4', '8', '', ''],
    ]),
  )
  expect(row).toEqual({
    type: 'identify',
    messageId: 'import:imp_1:000000002',
    timestamp: '1970-01-01T00:00:00.000Z',
    traits: {
      'How did you hear about X Education': 'Google',
      visits: 3,
      Code: '007',
      email: 'ann@example.com',
    },
    context: { externalIds: [{ type: 'prospect_id', id: 'p1' }] },
  })
})

test('an empty or unusable key fails its row, or skips it where that is chosen; another contact is only left out', async () => {
  const given = {
    kind: 'people',
    key: { column: 'a', kind: 'email' },
    columns: { b: { identifier: 'phone' } },
  }
  const rows = [
    ['x@y.z', 'none'],
    ['', '13800138000'],
    ['N/A', ''],
    ['nobody', ''],
  ]
  const strict = await read(given, ['a', 'b'], rows)
  expect(codes(strict)).toEqual(['ok', 'empty_key', 'empty_key', 'bad_key'])
  expect(strict[0]).toMatchObject({
    reading: { others: [], notes: [{ code: 'identifier_left_out' }] },
  })
  const lenient = await read({ ...given, empty_key: 'skip' }, ['a', 'b'], rows)
  expect(lenient.map((row) => row.ok || row.outcome)).toEqual([true, 'skipped', 'skipped', 'failed'])
})

test('events need a time and a name; a day and month that could be either must be told apart', async () => {
  const given = {
    kind: 'events',
    key: { column: 'u', kind: 'user_id' },
    columns: { e: 'event', t: 'time', p: { property: 'price' } },
  }
  const rows = [
    ['u1', 'Bought', '2024-03-05 10:00', '9.5'],
    ['u1', '', '2024-03-05 10:00', '1'],
    ['u1', 'Bought', '', '1'],
    ['u1', 'Bought', 'soon', '1'],
    ['u1', 'Bought', '1024-01-01', '1'],
  ]
  const got = await read(given, ['u', 'e', 't', 'p'], rows)
  expect(codes(got)).toEqual(['ok', 'empty_event', 'empty_time', 'bad_time', 'bad_time'])
  expect(itemsOf('events', got)[0]).toMatchObject({
    ...{ type: 'track', event: 'Bought', userId: 'u1', timestamp: '2024-03-05T10:00:00.000Z' },
    properties: { price: 9.5 },
  })
  const unclear = [['u1', 'Bought', '05/03/2024', '1']]
  await expect(read(given, ['u', 'e', 't', 'p'], unclear)).rejects.toThrow(/day or month/)
  expect(codes(await read({ ...given, date_order: 'mdy' }, ['u', 'e', 't', 'p'], unclear))).toEqual(['ok'])
})

test('a mapping that cannot be meant is refused before anything is read', async () => {
  const refuse = async (given: object) =>
    read(given, ['a', 'b'], []).then(
      () => 'fine',
      (error: unknown) => error instanceof AppError && error.code,
    )
  const key = { column: 'a', kind: 'user_id' }
  expect(await refuse({ kind: 'people', key: { column: 'z', kind: 'user_id' } })).toBe(
    'import.unknown_column',
  )
  expect(await refuse({ kind: 'people', key, columns: { z: 'skip' } })).toBe('import.unknown_column')
  expect(await refuse({ kind: 'events', key, columns: { b: 'time' } })).toBe('import.no_event')
  expect(await refuse({ kind: 'events', key, event: 'E' })).toBe('import.no_time')
  expect(await refuse({ kind: 'orders', key, columns: { b: 'time' } })).toBe('import.no_order_id')
  expect(await refuse({ kind: 'events', key, event: 'E', columns: { b: 'time' } })).toBe('fine')
})

test('rows of an order are one item with a product each; a row that comes later is refused', async () => {
  const given = {
    kind: 'orders',
    key: { column: 'u', kind: 'user_id' },
    columns: {
      ...{ o: { property: 'order_id' }, t: 'time', sum: { property: 'revenue' } },
      ...{ name: { property: 'products.name' }, price: { property: 'products.price' } },
    },
  }
  const rows = await read(
    given,
    ['u', 'o', 't', 'sum', 'name', 'price'],
    [
      ['u1', '1', '2024-03-05', '30', 'Tea', '10'],
      ['u1', '1', '2024-03-05', '', 'Cup', '20'],
      ['u2', '2', '2024-03-05', '5', 'Tea', '5'],
      ['u1', '1', '2024-03-05', '', 'Pot', '7'],
    ],
  )
  const grouped = []
  for await (const one of groupOrders(
    (async function* () {
      yield* rows
    })(),
  ))
    grouped.push(one)
  expect(
    grouped.map((one) => ('entry' in one ? [one.entry.lines, one.entry.reading.properties] : one.refused)),
  ).toMatchObject([
    [
      [2, 3],
      {
        order_id: '1',
        revenue: 30,
        products: [
          { name: 'Tea', price: 10 },
          { name: 'Cup', price: 20 },
        ],
      },
    ],
    [[4], { order_id: '2', products: [{ name: 'Tea', price: 5 }] }],
    { number: 5, outcome: 'failed', fault: { code: 'order_apart' } },
  ])
})
