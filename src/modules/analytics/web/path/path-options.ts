import { z } from 'zod'
import { mostPathEdges, mostPathSteps, PathGroup } from '../../contract/path.ts'
import type { PartProps } from '../kind-view.ts'
import { optionsOf, type QuestionState } from '../question-state.ts'

const items = z.array(z.string()).optional().catch(undefined)

/** What only paths ask, as it stands in the address. */
export const PathOptions = z.object({
  /** A property; without it, names of events. */
  by: z.string().optional().catch(undefined),
  start: z.string().optional().catch(undefined),
  end: z.string().optional().catch(undefined),
  gap: z.int().min(1).max(10_080).optional().catch(undefined),
  count: z.enum(['sessions', 'people']).optional().catch(undefined),
  steps: z.int().min(2).max(mostPathSteps).optional().catch(undefined),
  edges: z.int().min(1).max(mostPathEdges).optional().catch(undefined),
  least: z.int().min(1).max(1_000_000).optional().catch(undefined),
  collapse: z.enum(['last', 'first', 'none']).optional().catch(undefined),
  include: items,
  exclude: items,
  groups: z.array(PathGroup).optional().catch(undefined),
})
export type PathOptions = z.infer<typeof PathOptions>

/** Fewer than the outside contract takes when nothing is said: more than these nobody reads in a picture. */
export const shownSteps = 5
export const shownEdges = 30

export const pathOptions = (state: QuestionState): PathOptions => optionsOf(state, 'path', PathOptions) ?? {}

/** Changes some of them and keeps the rest. */
export const withPathOptions = (state: QuestionState, change: Partial<PathOptions>) => ({
  options: { ...state.options, path: { ...pathOptions(state), ...change } },
})

export const setPathOptions =
  ({ state, onChange }: PartProps) =>
  (change: Partial<PathOptions>) =>
    onChange(withPathOptions(state, change))
