import type { Tag } from '#modules/tags/contract.ts'
import { tagColors } from '#modules/tags/contract.ts'
import type { TagRow } from '#modules/tags/server/tag-store.ts'

export type TagFacts = {
  /** Names of tags and of owners by id. */
  names: ReadonlyMap<string, string>
  owners: ReadonlyMap<string, string>
  last: ReadonlyMap<string, Date>
  people: number
  everyone: number
  usedBy: number
}

/** A tag as the API shows it. */
export function presentTagRow(row: TagRow, facts: TagFacts): Tag {
  return {
    id: row.id,
    name: row.name,
    parent: row.parent_id === null ? null : (facts.names.get(row.parent_id) ?? null),
    description: row.description,
    color: tagColors.find((one) => one === row.color) ?? null,
    owner: row.owner === null ? null : { id: row.owner, name: facts.owners.get(row.owner) ?? row.owner },
    category: row.category,
    validity: { from: stamp(row.valid_from), until: stamp(row.valid_until), days: row.valid_days },
    people: facts.people,
    share: facts.everyone === 0 ? 0 : facts.people / facts.everyone,
    usedBy: facts.usedBy,
    lastAssignedAt: stamp(facts.last.get(row.name)),
    createdAt: row.created_at.toISOString(),
    archivedAt: stamp(row.archived_at),
  }
}

export const stamp = (date: Date | null | undefined): string | null => date?.toISOString() ?? null

/** The earlier of its own end and that of its days; null when it stays. */
export function endOf(
  tag: Pick<TagRow, 'valid_until' | 'valid_days'> | undefined,
  since: number,
): Date | null {
  const ends = [
    tag?.valid_until?.getTime() ?? Number.POSITIVE_INFINITY,
    tag?.valid_days == null ? Number.POSITIVE_INFINITY : since + tag.valid_days * 86_400_000,
  ]
  const first = Math.min(...ends)
  return Number.isFinite(first) ? new Date(first) : null
}
