import type { Tag } from '#modules/tags/contract.ts'

/** What the dialog asks; a Select has no null, so empty texts stand for none. Without an id: a new tag. */
export type TagValues = {
  name: string
  parent: string
  description: string
  color: string
  owner: string
  category: boolean
  /** First day it may be given; empty: from the beginning. */
  start: string
  holds: 'always' | 'until' | 'days'
  until: string
  days: number | null
}
export type TagDraft = Partial<TagValues> & { id?: string; from?: string | null }

export const newTag: TagValues = {
  name: '',
  parent: '',
  description: '',
  color: '',
  owner: '',
  category: false,
  start: '',
  holds: 'always',
  until: '',
  days: null,
}

export function draftOf(tag: Tag): TagDraft {
  const { from, until, days } = tag.validity
  return {
    id: tag.id,
    name: tag.name,
    parent: tag.parent ?? '',
    description: tag.description,
    color: tag.color ?? '',
    owner: tag.owner?.id ?? '',
    category: tag.category,
    holds: until ? 'until' : days === null ? 'always' : 'days',
    until: until ?? '',
    days,
    from,
  }
}
