/** Everything other modules may use of the rule language; shapes and limits are in `contract.ts`. */

/** Flat form of traits and properties: what ClickHouse stores and both evaluators read. */
export type { Canonical, CanonicalRecord, Flattened, ValueType } from './server/canonical.ts'
export {
  decodePath,
  encodePath,
  flatten,
  flattenCounted,
  flattenLimits,
  inferType,
  numberPattern,
  readNumber,
  toCanonicalJson,
} from './server/canonical.ts'
/** N rules over some people in one query, with the moment at which each answer may change by itself. */
export { compileMany } from './server/compile-many.ts'
/** Regular expressions as both evaluators read them (RE2, linear in the text). */
export { compileRegex, matchesRegex } from './server/compile-regex.ts'
/** One rule as ClickHouse SQL: the set, its size, the count of every condition, a page of members. */
export type { BoundQuery, CompiledRule, PeopleColumn } from './server/compile-rule.ts'
export { compileRule } from './server/compile-rule.ts'
/** A list of conditions on attributes as SQL, for lists that are filtered by them. */
export { compileWhere } from './server/compile-where.ts'
/** One rule for one person now: yes or no, why, and until when. */
export type { Explanation } from './server/evaluate.ts'
export { evaluate, explain, nextFlip } from './server/evaluate.ts'
export type { ConsentRules, Person, PersonCircle, PersonEvent, RuleEnv, Seen } from './server/leaf.ts'
/** What a rule mentions: attributes, tags, segments, events. */
export type { References } from './server/list-references.ts'
export { listReferences } from './server/list-references.ts'
/** A rule that says `me`, with whoever asks named. */
export { nameMe } from './server/name-me.ts'
/** What somebody said about being spoken to, and their addresses, as rules read it. */
export type { Said, SaidAddress } from './server/pack-reach.ts'
export { packReach } from './server/pack-reach.ts'
/** JSON to a rule, or `rule.malformed` (422) with the JSON pointer of the fault. */
/** The parts set questions of other modules are built of, so that a condition means the same everywhere. */
export { parseRule, parseWhere } from './server/parse-rule.ts'
export type { Restriction } from './server/scan-sql.ts'
export type { Bindings, Params, ParamValue } from './server/sql-bindings.ts'
export { bindNumber, bindTime, newBindings } from './server/sql-bindings.ts'
export type { CompileEnv } from './server/sql-compilation.ts'
export { join, whereSql } from './server/sql-compilation.ts'
/** Typed SQL for a path inside `attrs` or `props`, for other set questions over the same columns. */
export type { ValueColumns } from './server/sql-value.ts'
export { numbersOf, storedColumn } from './server/sql-value.ts'
