import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { withPatience } from '#modules/collect/server/with-patience.ts'

const turns = () => {
  const open = Promise.withResolvers<void>()
  const did: string[] = []
  const work = (name: string) => async (begin: () => boolean) => {
    await open.promise
    if (!begin()) return 'withdrawn'
    await sleep(20)
    did.push(name)
    return name
  }
  return { open, did, work }
}

test('who waits too long is told so, and what they wanted is not done later', async () => {
  const { open, did, work } = turns()
  await expect(withPatience(10, work('a'))).rejects.toMatchObject({ code: 'people.busy', kind: 'busy' })
  open.resolve()
  await sleep(50)
  expect(did).toEqual([])
})

test('what has begun is waited for, however long; without a limit everything is', async () => {
  const { open, did, work } = turns()
  const all = Promise.all([withPatience(10, work('a')), withPatience(undefined, work('b'))])
  open.resolve()
  expect(await all).toEqual(['a', 'b'])
  expect(did).toEqual(['a', 'b'])
})

test('a failure is the failure of the work', async () => {
  const broken = () => Promise.reject(new Error('broken'))
  await expect(withPatience(1000, broken)).rejects.toThrow('broken')
})
