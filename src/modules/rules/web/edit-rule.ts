import type {
  AttrLeaf,
  CompanyLeaf,
  ConsentLeaf,
  EventLeaf,
  HouseholdLeaf,
  OwnerLeaf,
  ReachableLeaf,
  Rule,
  SegmentLeaf,
  SequenceLeaf,
  TagLeaf,
} from '../contract.ts'

/** JSON pointer of a node, as the server names it: `''` is the root, `/all/0/not` the negated first line. */
export type Pointer = string
export type List = { all: Rule[] } | { any: Rule[] }
export type LeafKind =
  | 'attr'
  | 'tag'
  | 'owner'
  | 'segment'
  | 'event'
  | 'sequence'
  | 'company'
  | 'household'
  | 'consent'
  | 'reachable'
/** How a group reads: all, any, none (`not any`), not all. */
export type GroupKind = 'all' | 'any' | 'none' | 'notAll'

export const isList = (rule: Rule): rule is List => 'all' in rule || 'any' in rule
export const childrenOf = (list: List): Rule[] => ('all' in list ? list.all : list.any)
const keyOf = (list: List) => ('all' in list ? 'all' : 'any')
const listOf = (key: 'all' | 'any', children: Rule[]): List =>
  key === 'all' ? { all: children } : { any: children }

/** A line of the editor is a node without its `not`. */
export function positive(rule: Rule): { inner: Exclude<Rule, { not: Rule }>; negated: boolean } {
  if (!('not' in rule)) return { inner: rule, negated: false }
  const below = positive(rule.not)
  return { inner: below.inner, negated: !below.negated }
}

export const negate = (rule: Rule): Rule => ('not' in rule ? rule.not : { not: rule })

/** The editor's root is always a list. */
export const asRoot = (rule: Rule): List => (isList(rule) ? rule : { all: [rule] })

/** Pointers of the lines of a list that stands at `path`. */
export const childPath = (path: Pointer, list: List, index: number): Pointer =>
  `${path}/${keyOf(list)}/${index}`

export function groupKind(rule: Rule): GroupKind {
  const { inner, negated } = positive(rule)
  if ('any' in inner) return negated ? 'none' : 'any'
  return negated ? 'notAll' : 'all'
}

export function withGroupKind(rule: Rule, kind: GroupKind): Rule {
  const { inner } = positive(rule)
  const children = isList(inner) ? childrenOf(inner) : [inner]
  if (kind === 'none') return { not: { any: children } }
  if (kind === 'notAll') return { not: { all: children } }
  return listOf(kind, children)
}

export function nodeAt(rule: Rule, path: Pointer): Rule | undefined {
  let node: unknown = rule
  for (const part of path.split('/').slice(1)) node = (node as Record<string, unknown> | undefined)?.[part]
  return node as Rule | undefined
}

/** The rule with another node at `path`; without a node the line is taken out of its list. */
export function replaceAt(rule: Rule, path: Pointer, node: Rule | undefined): Rule {
  return replaceParts(rule, path.split('/').slice(1), node)
}

function replaceParts(rule: Rule, parts: string[], node: Rule | undefined): Rule {
  const [key, ...rest] = parts
  if (key === undefined) return node ?? { all: [] }
  if (key === 'not' && 'not' in rule) return { not: replaceParts(rule.not, rest, node) }
  if (!isList(rule) || key !== keyOf(rule)) return rule
  const [place, ...deeper] = rest
  const index = Number(place)
  const children = childrenOf(rule)
  const child = children[index]
  if (child === undefined) return rule
  const next = deeper.length === 0 && node === undefined ? [] : [replaceParts(child, deeper, node)]
  return listOf(key, children.toSpliced(index, 1, ...next))
}

/** Adds a line to the list at `path` (before its `not`, if it has one). */
export function insertAt(rule: Rule, path: Pointer, index: number, node: Rule): Rule {
  const list = nodeAt(rule, path)
  if (!list || !isList(list)) return rule
  return replaceAt(rule, path, listOf(keyOf(list), childrenOf(list).toSpliced(index, 0, node)))
}

/** Moves a line up (−1) or down (+1) inside its list. */
export function moveLine(rule: Rule, path: Pointer, by: -1 | 1): Rule {
  const { parent, index } = placeOf(path)
  const list = nodeAt(rule, parent)
  if (!list || !isList(list)) return rule
  const children = childrenOf(list)
  const line = children[index]
  const target = index + by
  if (!line || target < 0 || target >= children.length) return rule
  return replaceAt(rule, parent, listOf(keyOf(list), children.toSpliced(index, 1).toSpliced(target, 0, line)))
}

/** Parent list and position of a line. */
export function placeOf(path: Pointer): { parent: Pointer; index: number } {
  const parts = path.split('/')
  return { parent: parts.slice(0, -2).join('/'), index: Number(parts.at(-1)) }
}

export function blankLine(kind: LeafKind | 'group'): Rule {
  const blanks = {
    attr: { attr: '', op: 'eq' } satisfies AttrLeaf,
    tag: { tag: '' } satisfies TagLeaf,
    owner: { owner: { in: [] } } satisfies OwnerLeaf,
    segment: { segment: '' } satisfies SegmentLeaf,
    event: { event: '', within: { last: 30, unit: 'day' } } satisfies EventLeaf,
    sequence: {
      sequence: [{ event: '' }, { event: '' }],
      within: { last: 30, unit: 'day' },
      gap: { value: 3, unit: 'day' },
    } satisfies SequenceLeaf,
    company: { company: {} } satisfies CompanyLeaf,
    household: { household: {} } satisfies HouseholdLeaf,
    consent: { consent: { channel: 'email', topic: '', is: 'granted' } } satisfies ConsentLeaf,
    reachable: { reachable: { channel: 'email' } } satisfies ReachableLeaf,
    group: { any: [] },
  }
  return blanks[kind]
}
