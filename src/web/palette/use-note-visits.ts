import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { noteVisit } from '#web/palette/visits.ts'
import { useMe } from '#web/session.ts'

/** Whose visits they are: one account in one workspace. */
export function useVisitor(): string {
  const { user, workspace } = useMe()
  return `${user?.id ?? ''}.${workspace?.id ?? ''}`
}

/** Notes which records are opened; once, in the shell. */
export function useNoteVisits(): void {
  const visitor = useVisitor()
  const { pathname } = useLocation()
  useEffect(() => noteVisit(visitor, pathname), [visitor, pathname])
}
