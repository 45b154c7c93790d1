import { expect, test } from 'vitest'
import { castPerson, makeStory, newUserId } from './cast-person.ts'
import { planLife } from './plan-life.ts'
import { tagsOf, tagTree } from './tag-person.ts'

const story = makeStory({ seed: 1, people: 5_000, end: new Date('2026-11-22T09:30:00Z') })
const logins = Array.from({ length: story.people }, (_, index) => ({
  tags: tagsOf(story, newUserId(index)),
  kinds: planLife(story, castPerson(story, index)).map(({ kind }) => kind),
}))

test('every tag has its place in the tree, below one that comes earlier', () => {
  const names = tagTree.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const [index, { parent }] of tagTree.entries())
    if (parent) expect(names.slice(0, index)).toContain(parent)
  for (const { tags } of logins) for (const tag of tags) expect(names).toContain(tag)
})

test('tags agree with what happened', () => {
  const tagged = logins.filter(({ tags }) => tags.length > 0)
  expect(tagged.length).toBeGreaterThan(story.people * 0.1)
  for (const { tags, kinds } of logins) {
    expect(tags.includes('已退费')).toBe(kinds.includes('refund'))
    if (tags.includes('高意向')) expect(kinds).toContain('trial-book')
    if (tags.includes('约课未到')) expect(kinds).not.toContain('trial-attend')
    if (tags.includes('在读')) expect(kinds).toContain('order')
    if (!kinds.includes('trial-book') && !kinds.includes('order')) expect(tags).toEqual([])
  }
})

test('ids of the old system and newcomers carry none', () => {
  expect(tagsOf(story, 'legacy_7001')).toEqual([])
  expect(tagsOf(story, newUserId(story.people))).toEqual([])
  expect(tagsOf(story, 'u1')).toEqual([])
})
