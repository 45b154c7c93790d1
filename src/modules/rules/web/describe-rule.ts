import type { ChannelKind } from '#slots/channel-kind.ts'
import type {
  CompanyTest,
  ConsentLeaf,
  EventLeaf,
  Operator,
  OwnerTest,
  ReachableLeaf,
  Rule,
  Step,
  Test,
  Unit,
  Where,
  Window,
} from '../contract.ts'
import { childrenOf, groupKind, isList, positive } from './edit-rule.ts'
import { asGroup } from './edit-where.ts'
import type { RuleSay } from './rule-words.ts'

export type RuleNames = {
  attribute: (name: string) => string
  segment: (id: string) => string
  /** A list or a snapshot; undefined when its name is not known. */
  list?: (id: string) => string | undefined
  companyAttribute?: (name: string) => string
  /** Display names; without them an event is called as it was sent. */
  event?: (name: string) => string
  property?: (event: string, path: string) => string
  owner?: (id: string) => string
  topic?: (key: string) => string
  channel?: (kind: ChannelKind) => string
  department?: (id: string) => string
}
type Speaker = { t: RuleSay; names: RuleNames }

/** The rule as one line of text: for lists, chips and what a screen reader hears. */
export function describeRule(rule: Rule, t: RuleSay, names: RuleNames): string {
  const { inner } = positive(rule)
  if (isList(inner) && childrenOf(inner).length === 0) return t('everyone')
  return describe(rule, { t, names }, true)
}

/** The same, one text per outermost condition: what two versions of a rule are compared by. */
export function describeLines(rule: Rule, t: RuleSay, names: RuleNames): string[] {
  const { inner, negated } = positive(rule)
  if (negated || !('all' in inner)) return [describeRule(rule, t, names)]
  return inner.all.length === 0 ? [t('everyone')] : inner.all.map((child) => describe(child, { t, names }))
}

function describe(rule: Rule, say: Speaker, outermost = false): string {
  const { inner } = positive(rule)
  if (!isList(inner)) return describeLeaf(rule, say)
  const children = childrenOf(inner)
  const kind = groupKind(rule)
  const parts = children.map((child) => describe(child, say))
  if (outermost && kind === 'all') return parts.join(say.t('short.sep'))
  const text = parts.join(say.t('short.sep'))
  const sentence = `${say.t(`short.${kind}`)}${text}`
  return outermost ? sentence : say.t('short.group', { text: sentence })
}

function describeLeaf(rule: Rule, say: Speaker): string {
  const { inner, negated } = positive(rule)
  const { t, names } = say
  const quote = (text: string) => t('short.quote', { text })
  if ('attr' in inner)
    return words(negated ? t('short.not') : '', names.attribute(inner.attr), describeTest(inner, say))
  if ('tag' in inner) return words(negated ? t('tagHasNot') : t('tagHas'), quote(inner.tag))
  if ('segment' in inner)
    return words(negated ? t('notInSegment') : t('inSegment'), quote(names.segment(inner.segment)))
  if ('list' in inner) return describeList(inner.list, negated, say)
  if ('owner' in inner) return describeOwner(inner.owner, negated, say)
  if ('consent' in inner) return describeConsent(inner.consent, negated, say)
  if ('reachable' in inner) return describeReachable(inner.reachable, negated, say)
  if ('event' in inner) return words(negated ? t('didNot') : t('did'), describeEvent(inner, say))
  if ('company' in inner)
    return describeCircle(negated ? t('notInCompany') : t('inCompany'), inner.company, say)
  if ('household' in inner) {
    const { role, ...test } = inner.household
    const head = negated ? t('notInHousehold') : t('inHousehold')
    const as = role === undefined ? head : t('short.role', { head, role: t(`circle.role.${role}`) })
    return describeCircle(as, test, say)
  }
  if ('sequence' in inner) {
    return words(
      negated ? t('sequenceNot') : t('sequence'),
      inner.sequence.map((step, i) => describeStep(step, i, say)).join(' '),
      inner.gap
        ? t('short.gap', { value: inner.gap.value, unit: unitText(inner.gap.unit, inner.gap.value, say) })
        : '',
      describeWindow(inner.within, say),
    )
  }
  return ''
}

/** Commas between the parts: run together they read as one sentence without a verb. */
function describeCircle(head: string, { where = [], title, people, did }: CompanyTest, say: Speaker): string {
  const { t } = say
  const compared = (test: Test) => words(signs[test.op] ?? t(`op.${test.op}`), operandText(test, say))
  const parts = where.map((one) => describeWhere(one, say, say.names.companyAttribute))
  if (title !== undefined) parts.push(words(t('circle.title'), describeTest(title, say)))
  if (people !== undefined) parts.push(words(t('circle.people'), compared(people)))
  if (did !== undefined) parts.push(words(t('circle.did'), describeEvent(did, say)))
  return parts.length === 0 ? head : t('short.circle', { head, text: parts.join(t('short.comma')) })
}

function describeOwner(test: OwnerTest, negated: boolean, { t, names }: Speaker): string {
  if ('nobody' in test) return t(negated ? 'short.ownerSome' : 'short.ownerNobody')
  if ('me' in test) return t(negated ? 'short.ownerNotMe' : 'short.ownerMe')
  const [ids, nameOf, key] =
    'in' in test
      ? ([test.in, names.owner, negated ? 'short.ownerNotIn' : 'short.ownerIn'] as const)
      : ([test.departments, names.department, negated ? 'short.ownerNotAt' : 'short.ownerAt'] as const)
  return t(key, { names: ids.map((id) => nameOf?.(id) ?? id).join(t('short.list')) })
}

function describeConsent(
  { channel, topic, is }: ConsentLeaf['consent'],
  negated: boolean,
  { t, names }: Speaker,
): string {
  const said = {
    channel: names.channel?.(channel) ?? channel,
    topic: names.topic?.(topic) ?? topic,
    state: t(`consent.${is}`),
  }
  return t(negated ? 'short.consentNot' : 'short.consent', said)
}

function describeReachable(
  { channel, topic }: ReachableLeaf['reachable'],
  negated: boolean,
  { t, names }: Speaker,
): string {
  const way = names.channel?.(channel) ?? channel
  if (topic === undefined) return t(negated ? 'short.unreachable' : 'short.reachable', { channel: way })
  const about = { channel: way, topic: names.topic?.(topic) ?? topic }
  return t(negated ? 'short.unreachableAbout' : 'short.reachableAbout', about)
}

/** A snapshot has no name: its id would tell nobody anything. */
function describeList(id: string, negated: boolean, { t, names }: Speaker): string {
  const name = names.list?.(id)
  if (name === undefined && id.startsWith('snp_')) return t(negated ? 'notInSnapshot' : 'inSnapshot')
  return words(t(negated ? 'notOnList' : 'onList'), t('short.quote', { text: name ?? id }))
}

function describeEvent(leaf: EventLeaf, say: Speaker): string {
  const { t } = say
  const measure = leaf.count
    ? t(leaf.count.value === 1 ? 'short.timesOne' : 'short.times', {
        op: signs[leaf.count.op] ?? t(`op.${leaf.count.op}`),
        value: operandText(leaf.count, say),
      })
    : leaf.agg
      ? words(
          t(`measure.${leaf.agg.fn}`),
          t('short.quote', { text: propertyOf(say, leaf.event)(leaf.agg.prop) }),
          describeTest(leaf.agg, say),
        )
      : ''
  const where = leaf.where?.length
    ? t('short.where', { text: describeWhereList(leaf.where, say, leaf.event) })
    : ''
  return words(
    t('short.quote', { text: eventOf(say, leaf.event) }),
    measure,
    describeWindow(leaf.within, say),
    where,
  )
}

function describeStep(step: Step, index: number, say: Speaker): string {
  const isNot = 'not_event' in step
  const joint = index === 0 ? '' : isNot ? say.t('nextNot') : '→'
  const name = isNot ? step.not_event : step.event
  const where = step.where?.length
    ? say.t('short.group', { text: describeWhereList(step.where, say, name) })
    : ''
  return words(joint, say.t('short.quote', { text: eventOf(say, name) }), where)
}

const eventOf = ({ names }: Speaker, name: string): string => names.event?.(name) ?? name
const propertyOf =
  ({ names }: Speaker, event: string) =>
  (path: string): string =>
    names.property?.(event, path) ?? path

const describeWhereList = (where: readonly Where[], say: Speaker, event: string): string =>
  where.map((test) => describeWhere(test, say, propertyOf(say, event))).join(say.t('short.list'))

function describeWhere(where: Where, say: Speaker, nameOf = (prop: string) => prop): string {
  if ('prop' in where) return words(nameOf(where.prop), describeTest(where, say))
  const group = asGroup(where)
  const text = group?.tests.map((test) => describeWhere(test, say, nameOf)).join(say.t('short.list')) ?? ''
  return say.t('short.group', { text: `${say.t(`short.${group?.kind ?? 'all'}`)}${text}` })
}

const describeTest = (test: Test, say: Speaker): string =>
  words(say.t(`op.${test.op}`), operandText(test, say))

function operandText({ op, value }: Test, { t }: Speaker): string {
  if (value === undefined) return ''
  if (!Array.isArray(value))
    return typeof value === 'string' ? t('short.quote', { text: value }) : String(value)
  return value.map(String).join(op === 'between' ? ' – ' : t('short.list'))
}

function describeWindow(within: Window | undefined, say: Speaker): string {
  const { t } = say
  if (!within) return ''
  if ('last' in within)
    return t('short.last', { value: within.last, unit: unitText(within.unit, within.last, say) })
  const { from, to } = within
  return from && to
    ? t('short.dates', { from, to })
    : from
      ? t('short.from', { from })
      : t('short.to', { to })
}

/** English counts in singular and plural. */
const unitText = (unit: Unit, value: number, { t }: Speaker): string =>
  t(value === 1 ? `unitOne.${unit}` : `unit.${unit}`)

const signs: Partial<Record<Operator, string>> = { eq: '=', ne: '≠', gt: '>', gte: '≥', lt: '<', lte: '≤' }

// Chinese brackets bring their own room: 做过「支付订单」≥ 2 次，其中（满足任一：…）.
const words = (...parts: string[]): string =>
  parts
    .filter((part) => part !== '')
    .join(' ')
    .replaceAll(/ (?=[「（])|(?<=[」）]) /g, '')
