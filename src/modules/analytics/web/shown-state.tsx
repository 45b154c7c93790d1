import { createContext, use } from 'react'
import type { QuestionState } from './question-state.ts'

export type Shown = {
  state: QuestionState
  /** Changes what the reader looks at; on a board for as long as they look. */
  change: (part: Partial<QuestionState>) => void
  /** In a tile of a board: small, without room for what explains itself. */
  small: boolean
}

const ShownContext = createContext<Shown | undefined>(undefined)
export const ShownProvider = ShownContext.Provider

/** The question a result belongs to. Results stand on the page of analyses and in tiles alike: never ask the address. */
export function useShown(): Shown {
  const shown = use(ShownContext)
  if (!shown) throw new Error('a result outside of ShownProvider')
  return shown
}
