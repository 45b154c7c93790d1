import type { SavedView, ViewList } from '../contract.ts'
import { tidy } from './view-content.ts'

/** Where each list is shown. */
export const listPaths = {
  people: '/people',
  bin: '/people/trash',
  companies: '/companies',
  households: '/households',
  segments: '/segments',
  tags: '/tags',
  attributes: '/attributes',
  imports: '/imports',
  exports: '/exports',
  events: '/events',
  catalogue: '/catalogue',
} as const satisfies Record<ViewList, string>

/** The list as a view shows it. */
export const addressOfView = ({ id, list, content }: Pick<SavedView, 'id' | 'list' | 'content'>) => ({
  to: listPaths[list],
  search: { ...tidy(content), view: id },
})
