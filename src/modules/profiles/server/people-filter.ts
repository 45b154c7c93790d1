import { scopeInClickHouse } from '#modules/access/index.ts'
import { normaliseIdentifier } from '#modules/profiles/identity/normalise.ts'
import { loadIdentitySettings } from '#modules/profiles/server/identity-settings.ts'
import { numberList } from '#modules/profiles/server/number-list.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import type { Rule } from '#modules/rules/contract.ts'
import { compileRule, parseRule } from '#modules/rules/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

/** Conditions on `people`, all of which hold; none when everybody is meant. */
export type PeopleFilter = { conditions: string[]; params: Record<string, unknown> }
export type PeopleQuestion = {
  rule?: Rule | undefined
  search?: string | undefined
  owner?: string | undefined
}

/** The caller's data scope, a rule and a search text as conditions on the table of people. */
export async function peopleFilter(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  question: PeopleQuestion,
): Promise<PeopleFilter> {
  const scope = scopeInClickHouse(ctx.scope)
  const filter: PeopleFilter = { conditions: [], params: { ws: ctx.workspace.num, ...scope.params } }
  if (!ctx.scope.all) filter.conditions.push(scope.sql)
  const search = question.search?.trim() ?? ''
  if (search !== '') await addSearch(deps, ctx, filter, search)
  if (question.owner !== undefined) addOwner(filter, question.owner)
  if (question.rule !== undefined) await addRule(deps, ctx, filter, question.rule)
  return filter
}

/** People of a member, or of nobody. */
function addOwner(filter: PeopleFilter, owner: string): void {
  filter.conditions.push('owner = {owner:String}')
  filter.params.owner = owner === nobody ? '' : owner.toWellFormed()
}
const nobody = 'none'

async function addRule(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  filter: PeopleFilter,
  rule: Rule,
): Promise<void> {
  const env = await deps.ruleEnv(ctx)
  // The scope stands outside already.
  const { sql, params } = compileRule(parseRule(rule), { ...env, scope: undefined }).setSql()
  filter.conditions.push(`person IN (${sql})`)
  Object.assign(filter.params, params)
}

/** Part of a name or identifier; a phone or mail in any spelling; a public id. */
async function addSearch(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  filter: PeopleFilter,
  search: string,
): Promise<void> {
  const settings = await deps.database.read(ctx, (tx) => loadIdentitySettings(tx, tx.workspace))
  const terms = new Set([search.toLowerCase()])
  for (const kind of ['email', 'phone']) {
    const found = normaliseIdentifier(settings, kind, search)
    if ('identifier' in found) terms.add(found.identifier.value)
  }
  const ways = [...terms].map((term, at) => {
    filter.params[`search_${at}`] = term.toWellFormed()
    return `position(search, {search_${at}:String}) > 0`
  })
  const person = deps.personIds.decode(ctx.workspace.num, search)
  if (person !== undefined) ways.push(`person IN (${numberList([person])})`)
  filter.conditions.push(`(${ways.join(' OR ')})`)
}

/** The rule in a query string. */
export function readRule(text: string | undefined): Rule | undefined {
  if (text === undefined || text === '') return undefined
  try {
    return JSON.parse(text) as Rule
  } catch (error) {
    throw new AppError('rule.malformed', 'invalid', 'The rule is not JSON.', {
      details: { path: '' },
      cause: error,
    })
  }
}

export const whereOf = ({ conditions }: PeopleFilter): string =>
  ['ws = {ws:UInt32}', 'deleted = 0', ...conditions].join(' AND ')
