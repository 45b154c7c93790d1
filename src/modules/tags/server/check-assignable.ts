import { findTagsNamed, type TagRow } from '#modules/tags/server/tag-store.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Refuses tags nobody is given: archived ones, headings, and those whose time has not come or is over. */
export async function checkAssignable(tx: Tx, names: readonly string[], now: number): Promise<void> {
  if (names.length === 0) return
  for (const tag of await findTagsNamed(tx, names)) {
    const details = { tag: tag.name }
    if (tag.archived_at !== null)
      throw new AppError('tag.archived', 'conflict', `The tag “${tag.name}” is archived.`, { details })
    if (tag.category)
      throw new AppError('tag.is_category', 'conflict', `“${tag.name}” is a category; give a tag below it.`, {
        details,
      })
    if (!isValidAt(tag, now))
      throw new AppError('tag.not_valid', 'conflict', `The tag “${tag.name}” is not valid now.`, { details })
  }
}

const isValidAt = ({ valid_from, valid_until }: TagRow, now: number) =>
  (valid_from === null || valid_from.getTime() <= now) &&
  (valid_until === null || now < valid_until.getTime())
