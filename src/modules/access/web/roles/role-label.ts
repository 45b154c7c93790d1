import { builtInRoles } from '#modules/access/permissions.ts'
import type { Language } from '#ui/i18n.ts'

type Role = string | { name: string; builtin?: string | null }

/** Built-in roles speak the reader's language; own ones have the name they were given. */
export function roleLabel(role: Role, language: Language): string {
  const name = typeof role === 'string' ? role : role.name
  const builtin = typeof role === 'string' ? undefined : role.builtin
  const known = Object.entries(builtInRoles).find(([key, one]) =>
    builtin === undefined ? one.name.en === name : key === builtin,
  )
  return known ? known[1].name[language] : name
}

const order = Object.keys(builtInRoles)

/** Built-in roles from the most to the least mighty, then own ones as they come. */
export function inRoleOrder<T extends { builtin: string | null }>(roles: readonly T[]): T[] {
  const rank = (role: T) => (role.builtin === null ? order.length : order.indexOf(role.builtin))
  return roles.toSorted((a, b) => rank(a) - rank(b))
}
