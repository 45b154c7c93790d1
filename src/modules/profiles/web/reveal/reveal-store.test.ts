import { expect, test } from 'vitest'
import type { Profile } from '../../contract.ts'
import { joinRevealed, withRevealed } from './reveal-store.ts'

const person: Profile = {
  id: 'per_1',
  name: 'l***@qq.com',
  identifiers: [
    { kind: 'user_id', value: 'u1' },
    { kind: 'phone', value: '138****8000' },
    { kind: 'phone', value: '139****2222' },
    { kind: 'anonymous_id', value: 'a' },
  ],
  attributes: { phone: '138****8000', parent: '1***', city: 'Xiamen' },
  masked: ['phone', 'parent', 'name'],
  tags: [],
  owner: null,
  firstSeen: null,
  lastSeen: null,
}

test('revealed values stand where the masked ones stood', () => {
  const phones = ['+8613800138000', '+8613911112222'].map((value) => ({ kind: 'phone', value }))
  const first = { identifiers: phones, attributes: { phone: '13800138000' } }
  expect(withRevealed(person, first)).toEqual({
    ...person,
    identifiers: [person.identifiers[0], ...phones, person.identifiers[3]],
    attributes: { ...person.attributes, phone: '13800138000' },
    masked: ['parent', 'name'],
  })
  const both = joinRevealed(first, { name: 'lee@qq.com', identifiers: [], attributes: {} })
  expect(withRevealed(person, both)).toMatchObject({ name: 'lee@qq.com', masked: ['parent'] })
  expect(withRevealed(person, both).identifiers).toHaveLength(4)
})
