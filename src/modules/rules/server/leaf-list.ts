import type { ListLeaf } from '../contract.ts'
import type { LeafKind } from './leaf.ts'
import { constant, personCondition } from './sql-compilation.ts'

/**
 * Who was put on a list or frozen in a snapshot: not worked out, but kept, by unit and the moment of it. Whose a unit
 * is now is asked here, so that membership follows merges and unmerges. An unknown list holds for nobody.
 */
export const listLeaf: LeafKind<ListLeaf> = {
  evaluate(leaf, person, env) {
    const list = env.lists?.(leaf.list)
    const holds = list !== undefined && (person.lists ?? []).includes(list)
    return { holds, seen: null, flipsAt: undefined }
  },
  compile(leaf, c) {
    const list = c.env.lists?.(leaf.list)
    if (list === undefined) return constant(false)
    return personCondition(c, leaf, () => {
      const { bindings, env } = c
      const where = [
        `ws = ${bindings.bind('UInt32', env.workspace)}`,
        `list = ${bindings.bind('UInt32', list)}`,
        'present = 1',
        // Of a few people only their units are looked up, however long the list is.
        ...(c.only?.units === undefined
          ? []
          : [`unit IN ${bindings.bind('Array(UInt64)', [...c.only.units])}`]),
      ]
      const table = env.tables.lists ?? 'list_unit'
      return `person IN (SELECT ${env.personOf('unit', 'at')} FROM ${table} FINAL WHERE ${where.join(' AND ')})`
    })
  },
}
