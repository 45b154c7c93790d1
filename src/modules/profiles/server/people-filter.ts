import { scopeInClickHouse } from '#modules/access/index.ts'
import { refuseGuessing } from '#modules/profiles/server/masking/refuse-guessing.ts'
import { numberList } from '#modules/profiles/server/number-list.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import { countSearch, searchText } from '#modules/profiles/server/search-people.ts'
import type { Rule } from '#modules/rules/contract.ts'
import { compileRule, nameMe, parseRule } from '#modules/rules/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

/** Conditions on `people`, all of which hold; none when everybody is meant. `isDear`: with a rule, over events too. */
export type PeopleFilter = { conditions: string[]; params: Record<string, unknown>; isDear?: boolean }
export type PeopleQuestion = {
  rule?: Rule | undefined
  search?: string | undefined
  owner?: string | undefined
  /** Chosen one by one. */
  persons?: readonly number[] | undefined
}

/**
 * The caller's data scope, a rule and a search text as conditions on the table of people. `asked`: the question was
 * looked at when somebody asked it; now the work is done.
 */
export async function peopleFilter(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  question: PeopleQuestion,
  { asked } = { asked: false },
): Promise<PeopleFilter> {
  const scope = scopeInClickHouse(ctx.scope)
  const filter: PeopleFilter = { conditions: [], params: { ws: ctx.workspace.num, ...scope.params } }
  if (!ctx.scope.all) filter.conditions.push(scope.sql)
  const search = question.search?.trim() ?? ''
  if (search !== '') await addSearch(deps, ctx, filter, { text: search, asked })
  if (question.persons !== undefined) filter.conditions.push(`person IN (${numberList(question.persons)})`)
  if (question.owner !== undefined) addOwner(filter, question.owner)
  if (question.rule !== undefined) await addRule(deps, ctx, filter, { rule: question.rule, asked })
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
  { rule, asked }: { rule: Rule; asked: boolean },
): Promise<void> {
  const env = await deps.ruleEnv(ctx)
  const parsed = nameMe(parseRule(rule), ctx.actor)
  if (!asked) await refuseGuessing(deps, ctx, parsed)
  // The scope stands outside already.
  const { sql, params } = compileRule(parsed, { ...env, scope: undefined }).setSql()
  filter.conditions.push(`person IN (${sql})`)
  filter.isDear = true
  Object.assign(filter.params, params)
}

/** The same text as the search box of the palette takes. */
async function addSearch(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  filter: PeopleFilter,
  { text, asked }: { text: string; asked: boolean },
): Promise<void> {
  if (!asked) await countSearch(deps, ctx, text)
  const search = await searchText(deps, ctx, text)
  filter.conditions.push(search.sql)
  Object.assign(filter.params, search.params)
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
