import { expect, test } from 'vitest'
import { unfencedTables } from './walled-statement.ts'

const walled = ['events', 'people']
const bare = (sql: string) => unfencedTables(sql, walled)

test('a table with its workspace named beside it is fenced', () => {
  expect(bare('SELECT 1 FROM events WHERE ws = {ws:UInt32} AND unit = 1')).toEqual([])
  expect(bare('SELECT 1 FROM db.people AS p FINAL WHERE p.ws = 7')).toEqual([])
  expect(bare('SELECT 1 FROM numbers(3)')).toEqual([])
})

test('a missing predicate is found at every depth and in every part', () => {
  expect(bare('SELECT 1 FROM events')).toEqual(['events'])
  expect(bare("SELECT 1 FROM events WHERE event = 'ws = {ws:UInt32}'")).toEqual(['events'])
  expect(bare('SELECT 1 FROM events -- ws = {ws:UInt32}')).toEqual(['events'])
  expect(bare('SELECT 1 FROM people WHERE ws = {ws:UInt32} AND person IN (SELECT unit FROM events)')).toEqual(
    ['events'],
  )
  expect(bare('SELECT 1 FROM (SELECT 1 FROM people) WHERE ws = {ws:UInt32}')).toEqual(['people'])
  expect(bare('SELECT 1 FROM people WHERE ws = {ws:UInt32} UNION ALL SELECT 1 FROM events')).toEqual([
    'events',
  ])
  expect(bare('SELECT 1 FROM people p JOIN events e ON 1 WHERE p.ws = {ws:UInt32}')).toEqual(['events'])
  expect(bare('SELECT 1 FROM people WHERE ws = ws')).toEqual(['people'])
})
