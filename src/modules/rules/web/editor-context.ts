import { createContext, use } from 'react'
import type { Rule } from '../contract.ts'
import type { Pointer } from './edit-rule.ts'

/** What is shown beside a line: people who satisfy it alone, its fault, and what a tested person has there. */
export type LineFacts = {
  count?: number | undefined
  unfinished: boolean
  fault?: string | undefined
  holds?: boolean | undefined
  seen?: string | undefined
}

export type Editor = {
  rule: Rule
  change: (rule: Rule) => void
  facts: (path: Pointer) => LineFacts
  /** People in the workspace: what the bars are measured against. */
  everyone: number | undefined
}
export const EditorContext = createContext<Editor | undefined>(undefined)

export function useEditor(): Editor {
  const editor = use(EditorContext)
  if (!editor) throw new Error('a rule line outside its editor')
  return editor
}
