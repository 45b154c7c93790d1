import type { TagLeaf } from '../contract.ts'
import type { LeafKind } from './leaf.ts'
import { personCondition } from './sql-compilation.ts'

export const tagLeaf: LeafKind<TagLeaf> = {
  evaluate(leaf, person, env) {
    const wanted = new Set([leaf.tag, ...env.tagChildren(leaf.tag)])
    const tags = person.tags.filter((tag) => wanted.has(tag))
    return { holds: tags.length > 0, seen: { tags }, flipsAt: undefined }
  },
  compile(leaf, c) {
    const wanted = [...new Set([leaf.tag, ...c.env.tagChildren(leaf.tag)])]
    return personCondition(c, leaf, () => `hasAny(tags, ${c.bindings.bind('Array(String)', wanted)})`)
  },
}
