import { loadMarks } from '#modules/profiles/server/attributes/attribute-marks.ts'
import type { Guess } from '#modules/profiles/server/masking/guess.ts'
import type { GuessBudget } from '#modules/profiles/server/masking/guess-budget.ts'
import { loadMask } from '#modules/profiles/server/masking/load-mask.ts'
import { createMask, type Mask } from '#modules/profiles/server/masking/mask.ts'
import { sightOf } from '#modules/profiles/server/masking/sight.ts'
import type { Rule, Test, Where } from '#modules/rules/contract.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Database, Tx } from '#platform/pg/database.ts'

// More values at once than anybody looks up; with a thousand, four hidden digits were found in a dozen questions.
const mostValues = 5

export type GuessDeps = {
  database: Database
  guesses: GuessBudget
  /** Attributes of companies that are marked personal, lower case. */
  circleMarks: (tx: Tx) => Promise<ReadonlySet<string>>
}

/**
 * Who sees personal data masked may ask for a value they know (`eq`, `ne`, a few of `in`), whether there is one, and
 * for what the mask shows anyway (a mail's domain, a phone's last four digits). Every other comparison answers
 * something about values they do not know: with `starts_with` and a count a phone number is read digit by digit. That
 * holds for attributes marked personal, of people and of companies, and for properties of the same names. The values
 * they ask for are counted: `profile.asked_too_often`.
 */
export async function refuseGuessing(deps: GuessDeps, ctx: WorkspaceCtx, rule: Rule): Promise<void> {
  if (sightOf(ctx) !== 'blind') return
  const asked = await newQuestion(deps, ctx)
  refuse(faultIn(rule, '', asked))
  await deps.guesses.ask(ctx, asked.guesses)
}

/** The same for conditions on the attributes of companies alone. */
export async function refuseGuessingOfCompanies(
  deps: GuessDeps,
  ctx: WorkspaceCtx,
  where: readonly Where[],
): Promise<void> {
  if (sightOf(ctx) !== 'blind') return
  const asked = await newQuestion(deps, ctx)
  refuse(faultInWhere(where, '', { ...asked, mask: asked.ofCompanies }))
  await deps.guesses.ask(ctx, asked.guesses)
}

async function newQuestion(deps: GuessDeps, ctx: WorkspaceCtx): Promise<Asked> {
  const reader = await deps.database.read(ctx, async (tx) => ({
    mask: await loadMask(tx, ctx),
    ofCompanies: createMask({ names: await deps.circleMarks(tx), isContact: () => false }),
    contacts: (await loadMarks(tx, tx.workspace)).contacts,
  }))
  return { ...reader, values: { count: 0 }, guesses: [] }
}

function refuse(fault: string | undefined): void {
  if (fault !== undefined)
    throw new AppError(
      'rule.asks_too_much',
      'denied',
      'Of personal data you see masked, a rule may ask for whole values only, and for a few at a time.',
      { details: { path: fault, permission: 'people:unmask' } },
    )
}

type Asked = {
  /** Which names are personal where the walk is. */
  mask: Mask
  ofCompanies: Mask
  values: { count: number }
  /** Attributes that hold a mail address or a phone number. */
  contacts: ReadonlyMap<string, 'email' | 'phone'>
  guesses: Guess[]
}

function faultIn(rule: Rule, path: string, asked: Asked): string | undefined {
  if ('not' in rule) return faultIn(rule.not, `${path}/not`, asked)
  if ('all' in rule) return firstFault(rule.all, (one, at) => faultIn(one, `${path}/all/${at}`, asked))
  if ('any' in rule) return firstFault(rule.any, (one, at) => faultIn(one, `${path}/any/${at}`, asked))
  if ('attr' in rule) return asksPart(asked, rule.attr, rule) ? path : undefined
  if ('event' in rule) {
    const { agg } = rule
    if (agg && asked.mask.isNamed(agg.prop) && agg.fn !== 'count_distinct') return `${path}/agg`
    return faultInWhere(rule.where, `${path}/where`, asked)
  }
  // What others of a company or household did is read digit by digit as well.
  if ('company' in rule)
    return (
      faultInWhere(rule.company.where, `${path}/company/where`, { ...asked, mask: asked.ofCompanies }) ??
      faultInWhere(rule.company.did?.where, `${path}/company/did/where`, asked)
    )
  if ('household' in rule)
    return faultInWhere(rule.household.did?.where, `${path}/household/did/where`, asked)
  if (!('sequence' in rule)) return undefined
  return firstFault(rule.sequence, (step, at) =>
    faultInWhere(step.where, `${path}/sequence/${at}/where`, asked),
  )
}

const faultInWhere = (where: readonly Where[] | undefined, path: string, asked: Asked) =>
  firstFault(where ?? [], (one, at) => faultInTest(one, `${path}/${at}`, asked))

function faultInTest(where: Where, path: string, asked: Asked): string | undefined {
  if ('not' in where) return faultInTest(where.not, `${path}/not`, asked)
  if ('all' in where) return firstFault(where.all, (one, at) => faultInTest(one, `${path}/all/${at}`, asked))
  if ('any' in where) return firstFault(where.any, (one, at) => faultInTest(one, `${path}/any/${at}`, asked))
  return asksPart(asked, where.prop, where) ? path : undefined
}

/** Notes whole values that are asked for; whether it asks for anything else of personal data. */
function asksPart(asked: Asked, name: string, { op, value }: Test): boolean {
  const personal = asked.mask.isNamed(name)
  const values = (Array.isArray(value) ? value : [value]).map(String)
  const isWhole = op === 'eq' || op === 'ne' || op === 'in' || op === 'not_in'
  // What is personal by its look alone may be asked for by parts elsewhere; asking for it whole counts all the same.
  if (isWhole)
    for (const one of values)
      if (isFinished(asked, name, one)) asked.guesses.push({ kind: name, value: one, personal })
  if (!personal || op === 'exists' || op === 'not_exists') return false
  if (!isWhole) return op !== 'ends_with' || typeof value !== 'string' || !isShown(asked, name, value)
  asked.values.count += values.length
  return asked.values.count > mostValues
}

/** The editor asks while somebody types; a number of three digits is none yet, and nobody's. */
function isFinished({ contacts }: Asked, name: string, value: string): boolean {
  const contact = contacts.get(name)
  if (contact === 'phone') return value.replace(/\D/g, '').length >= 5
  return contact !== 'email' || /@[^.]+\../.test(value)
}

/** The end of a value that the mask shows: the domain of a mail, the last four digits of a phone and of nothing else. */
function isShown({ contacts, guesses }: Asked, name: string, end: string): boolean {
  if (/^@[^@]*$/.test(end)) return true
  if (!/^\d{1,4}$/.test(end) || contacts.get(name) !== 'phone') return false
  // Of short numbers the mask shows less, so it counts like a value.
  guesses.push({ kind: name, value: `*${end}`, personal: true })
  return true
}

function firstFault<T>(items: readonly T[], faultOf: (item: T, at: number) => string | undefined) {
  for (const [at, item] of items.entries()) {
    const fault = faultOf(item, at)
    if (fault !== undefined) return fault
  }
  return undefined
}
