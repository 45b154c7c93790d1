import type { CircleEvent, CompanyLeaf, CompanyTest, HouseholdLeaf, Test, Where } from '../contract.ts'
import { comparesTo, comparesToSql } from './compare-number.ts'
import type { LeafKind, Person, PersonCircle, RuleEnv, Verdict } from './leaf.ts'
import { earlier, matchesWhere } from './leaf.ts'
import { isInside, windowFlipAt } from './leaf-event.ts'
import { matchesValue, orderOf } from './match-value.ts'
import { hasFrom, resolveWindow } from './resolve-window.ts'
import type { CircleBit, Compilation, Condition } from './sql-compilation.ts'
import { circleCondition, insideSql, join, matchSql, whereSql, windowFlips } from './sql-compilation.ts'
import { textColumn, valueSql } from './sql-value.ts'

/**
 * A company or a household of the person for which all of it holds. What its people did counts together, whoever of
 * them did it: "any of them" is once, and a count of `eq 0` is nobody.
 */
type CircleTest = Pick<CompanyTest, 'where' | 'title' | 'people' | 'did'>
type Kind = PersonCircle['kind']

const atLeastOnce: Test = { op: 'gte', value: 1 }

export const companyLeaf: LeafKind<CompanyLeaf> = {
  evaluate: (leaf, person, env) => judge('company', leaf.company, person, env),
  compile: (leaf, c) => compile('company', leaf.company, leaf, c),
}

export const householdLeaf: LeafKind<HouseholdLeaf> = {
  evaluate: (leaf, person, env) => judge('household', testOf(leaf), person, env),
  compile: (leaf, c) => compile('household', testOf(leaf), leaf, c),
}

const testOf = ({ household: { role, ...rest } }: HouseholdLeaf): CircleTest =>
  role === undefined ? rest : { ...rest, title: { op: 'eq', value: role } }

function judge(kind: Kind, test: CircleTest, person: Person, env: RuleEnv): Verdict {
  let flipsAt: number | undefined
  let fitting = 0
  for (const circle of person.circles ?? []) {
    if (circle.kind !== kind) continue
    const did = test.did && judgeDid(test.did, circle, env)
    flipsAt = earlier(flipsAt, did?.flipsAt)
    if (fits(test, circle) && (did?.holds ?? true)) fitting++
  }
  return { holds: fitting > 0, seen: { count: fitting }, flipsAt }
}

function fits(test: CircleTest, { attrs, title, people }: PersonCircle): boolean {
  return (
    matchesWhere(attrs, test.where) &&
    (test.title === undefined || matchesValue(title ?? undefined, test.title)) &&
    (test.people === undefined || comparesTo(test.people, (x) => orderOf(people, x)))
  )
}

function judgeDid(did: CircleEvent, { events }: PersonCircle, env: RuleEnv) {
  const bounds = resolveWindow(did.within, env.now, env.timezone)
  const matching = events.filter((event) => event.name === did.event && matchesWhere(event.props, did.where))
  const count = matching.filter((event) => isInside(event, bounds, env.now)).length
  return {
    holds: comparesTo(did.count ?? atLeastOnce, (x) => orderOf(count, x)),
    flipsAt: windowFlipAt(matching, bounds, env.now),
  }
}

function compile(kind: Kind, test: CircleTest, leaf: CompanyLeaf | HouseholdLeaf, c: Compilation): Condition {
  return circleCondition(c, leaf, (alias) => bitOf(c, alias, kind, test))
}

function bitOf(c: Compilation, alias: string, kind: Kind, test: CircleTest): CircleBit {
  const bind = (x: number): string => c.bindings.bind('UInt64', x)
  const isKind = `kind = ${c.bindings.bind('String', kind)}`
  const fits = { alias: `${alias}_w`, sql: join([isKind, allOf(c, test.where ?? [])], 'AND') }
  const tests = [
    `c.${fits.alias}`,
    ...(test.title === undefined ? [] : [valueSql(c.bindings, textColumn('b.said'), test.title)]),
    ...(test.people === undefined ? [] : [comparesToSql(test.people, 'n.people', bind)]),
    ...(test.did === undefined ? [] : [comparesToSql(test.did.count ?? atLeastOnce, `d.${alias}_n`, bind)]),
  ]
  return {
    isKind,
    fits,
    asks: { title: test.title !== undefined, people: test.people !== undefined },
    test: join(tests, 'AND'),
    did: test.did && didOf(c, test.did),
  }
}

const allOf = (c: Compilation, where: readonly Where[]): string =>
  join(
    where.map((node) => whereSql(c.bindings, node, 'attrs')),
    'AND',
  )

function didOf(c: Compilation, did: CircleEvent): CircleBit['did'] {
  const bounds = resolveWindow(did.within, c.env.now, c.env.timezone)
  const anyTime = matchSql(c, did.event, did.where)
  return {
    match: join([anyTime, insideSql(c, bounds)], 'AND'),
    reads: { event: did.event, from: hasFrom(bounds) ? bounds.from : undefined },
    flips: windowFlips(c, anyTime, bounds),
  }
}
