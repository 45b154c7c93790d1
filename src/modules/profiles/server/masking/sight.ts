import type { WorkspaceCtx } from '#platform/context.ts'

/**
 * How somebody sees personal data. `full`: as it is (keys that may, and the program itself). `reveal`: masked, and
 * one by one on request, which is noted. `blind`: masked; they may ask for a value they know, and nothing about parts
 * of one they do not.
 */
export type SightLevel = NonNullable<WorkspaceCtx['sight']>

/**
 * A member with `people:unmask` sees masked values until they ask: a list that lies open shows nobody's phone to who
 * passes by, and what was looked at is in the audit log. A key has no such step; it is a program.
 */
export function sightOf(ctx: Pick<WorkspaceCtx, 'actor' | 'permissions' | 'sight'>): SightLevel {
  if (ctx.sight) return ctx.sight
  if (ctx.actor.kind === 'system') return 'full'
  if (!ctx.permissions.has('people:unmask')) return 'blind'
  return ctx.actor.kind === 'api_key' ? 'full' : 'reveal'
}
