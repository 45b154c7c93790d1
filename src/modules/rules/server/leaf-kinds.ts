import type { Leaf, LeafKindName, LeafOf } from '../contract.ts'
import type { LeafKind } from './leaf.ts'
import { attributeLeaf } from './leaf-attribute.ts'
import { companyLeaf, householdLeaf } from './leaf-circle.ts'
import { consentLeaf, reachableLeaf } from './leaf-consent.ts'
import { eventLeaf } from './leaf-event.ts'
import { listLeaf } from './leaf-list.ts'
import { ownerLeaf } from './leaf-owner.ts'
import { segmentLeaf } from './leaf-segment.ts'
import { sequenceLeaf } from './leaf-sequence.ts'
import { tagLeaf } from './leaf-tag.ts'

/** Every kind of leaf, by the key that tells it apart: the one place where a kind gets its meaning. */
const leafKinds: { [K in LeafKindName]: LeafKind<LeafOf[K]> } = {
  attr: attributeLeaf,
  tag: tagLeaf,
  segment: segmentLeaf,
  list: listLeaf,
  owner: ownerLeaf,
  event: eventLeaf,
  sequence: sequenceLeaf,
  company: companyLeaf,
  household: householdLeaf,
  consent: consentLeaf,
  reachable: reachableLeaf,
}

export function leafKindOf(leaf: Leaf): LeafKind<Leaf> {
  const name = (Object.keys(leafKinds) as LeafKindName[]).find((key) => key in leaf)
  return leafKinds[name ?? 'attr'] as LeafKind<Leaf>
}
