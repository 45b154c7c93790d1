import { loadMask } from '#modules/profiles/server/masking/load-mask.ts'
import type { Mask } from '#modules/profiles/server/masking/mask.ts'
import { sightOf } from '#modules/profiles/server/masking/sight.ts'
import type { Rule, Test, Where } from '#modules/rules/contract.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Database } from '#platform/pg/database.ts'

// More values at once than anybody looks up; with a thousand, four hidden digits were found in a dozen questions.
const mostValues = 5

/**
 * Who sees personal data masked may ask for a value they know (`eq`, `ne`, a few of `in`), whether there is one, and
 * for what the mask shows anyway (a mail's domain, a phone's last four digits). Every other comparison answers
 * something about values they do not know: with `starts_with` and a count a phone number is read digit by digit. That
 * holds for attributes marked personal, and for properties of the same names.
 */
export async function refuseGuessing(
  deps: { database: Database },
  ctx: WorkspaceCtx,
  rule: Rule,
): Promise<void> {
  if (sightOf(ctx) !== 'blind') return
  const mask = await deps.database.read(ctx, (tx) => loadMask(tx, ctx))
  const asked = { values: 0 }
  const fault = faultIn(rule, '', mask, asked)
  if (fault !== undefined)
    throw new AppError(
      'rule.asks_too_much',
      'denied',
      'Of personal data you see masked, a rule may ask for whole values only, and for a few at a time.',
      { details: { path: fault, permission: 'people:unmask' } },
    )
}

type Asked = { values: number }

function faultIn(rule: Rule, path: string, mask: Mask, asked: Asked): string | undefined {
  if ('not' in rule) return faultIn(rule.not, `${path}/not`, mask, asked)
  if ('all' in rule) return firstFault(rule.all, (one, at) => faultIn(one, `${path}/all/${at}`, mask, asked))
  if ('any' in rule) return firstFault(rule.any, (one, at) => faultIn(one, `${path}/any/${at}`, mask, asked))
  if ('attr' in rule) return mask.isNamed(rule.attr) && !mayAsk(rule, asked) ? path : undefined
  if ('event' in rule) {
    const { agg } = rule
    if (agg && mask.isNamed(agg.prop) && agg.fn !== 'count_distinct') return `${path}/agg`
    return faultInWhere(rule.where, `${path}/where`, mask, asked)
  }
  // What others of a company or household did is read digit by digit as well.
  if ('company' in rule)
    return faultInWhere(rule.company.did?.where, `${path}/company/did/where`, mask, asked)
  if ('household' in rule)
    return faultInWhere(rule.household.did?.where, `${path}/household/did/where`, mask, asked)
  if (!('sequence' in rule)) return undefined
  return firstFault(rule.sequence, (step, at) =>
    faultInWhere(step.where, `${path}/sequence/${at}/where`, mask, asked),
  )
}

const faultInWhere = (where: readonly Where[] | undefined, path: string, mask: Mask, asked: Asked) =>
  firstFault(where ?? [], (one, at) => faultInTest(one, `${path}/${at}`, mask, asked))

function faultInTest(where: Where, path: string, mask: Mask, asked: Asked): string | undefined {
  if ('not' in where) return faultInTest(where.not, `${path}/not`, mask, asked)
  if ('all' in where)
    return firstFault(where.all, (one, at) => faultInTest(one, `${path}/all/${at}`, mask, asked))
  if ('any' in where)
    return firstFault(where.any, (one, at) => faultInTest(one, `${path}/any/${at}`, mask, asked))
  return mask.isNamed(where.prop) && !mayAsk(where, asked) ? path : undefined
}

function mayAsk({ op, value }: Test, asked: Asked): boolean {
  if (op === 'exists' || op === 'not_exists') return true
  if (op === 'ends_with') return typeof value === 'string' && /^(@[^@]*|\d{1,4})$/.test(value)
  if (op !== 'eq' && op !== 'ne' && op !== 'in' && op !== 'not_in') return false
  asked.values += Array.isArray(value) ? value.length : 1
  return asked.values <= mostValues
}

function firstFault<T>(items: readonly T[], faultOf: (item: T, at: number) => string | undefined) {
  for (const [at, item] of items.entries()) {
    const fault = faultOf(item, at)
    if (fault !== undefined) return fault
  }
  return undefined
}
