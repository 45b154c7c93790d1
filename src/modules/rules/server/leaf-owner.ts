import type { OwnerLeaf } from '../contract.ts'
import type { LeafKind } from './leaf.ts'
import { constant, personCondition } from './sql-compilation.ts'

/**
 * Who looks after a person, and where they work. `me` was replaced by who asked before anybody evaluates (name-me.ts);
 * left over it is nobody.
 */
export const ownerLeaf: LeafKind<OwnerLeaf> = {
  evaluate({ owner }, person) {
    return {
      holds: holdsFor(owner, person.owner ?? '', person.department ?? ''),
      seen: null,
      flipsAt: undefined,
    }
  },
  compile(leaf, c) {
    const { owner } = leaf
    if ('me' in owner) return constant(false)
    return personCondition(c, leaf, () => {
      if ('nobody' in owner) return "owner = ''"
      const [column, ids] = 'in' in owner ? ['owner', owner.in] : ['department', owner.departments]
      return `has(${c.bindings.bind('Array(String)', [...ids])}, ${column})`
    })
  },
}

function holdsFor(test: OwnerLeaf['owner'], owner: string, department: string): boolean {
  if ('in' in test) return test.in.includes(owner)
  if ('departments' in test) return test.departments.includes(department)
  return 'nobody' in test && owner === ''
}
