import type { Actor } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Rule } from '../contract.ts'

/**
 * The same rule with whoever asks named in place of `me`: what is saved, or worked on in the background, must mean the
 * same for every reader. Only a member is somebody.
 */
export function nameMe(rule: Rule, actor: Actor): Rule {
  if ('all' in rule) return { all: rule.all.map((child) => nameMe(child, actor)) }
  if ('any' in rule) return { any: rule.any.map((child) => nameMe(child, actor)) }
  if ('not' in rule) return { not: nameMe(rule.not, actor) }
  if (!('owner' in rule) || !('me' in rule.owner)) return rule
  if (actor.kind === 'member') return { owner: { in: [actor.memberId] } }
  throw new AppError(
    'rule.malformed',
    'invalid',
    'The rule is not valid: {"owner":{"me":true}} is for members; say {"owner":{"in":[…]}}.',
    { details: { path: '', reason: 'not_a_member' } },
  )
}
