import { useQuery } from '@tanstack/react-query'
import { type Me, routes } from '#modules/access/contract.ts'
import type { Permission } from '#modules/access/permissions.ts'
import { Problem } from '#ui/problem.ts'
import { callInWorkspace, callRoute } from '#web/api-client.ts'
import { adoptPreferences } from '#web/preferences.ts'
import { queryClient } from '#web/query-client.ts'

const meKey = ['me']

/** Puts the answer of a login, set-up or switch in force for the whole page. */
export function enterAs(me: Me): void {
  callInWorkspace(me.workspace?.id)
  if (me.user) adoptPreferences(me.user, me.workspace?.timezone)
  queryClient.setQueryData(meKey, me)
}

/** Forgets everything read for another login or workspace. */
export function forgetEverything(): void {
  callInWorkspace(undefined)
  queryClient.clear()
}

/** Leaves by a fresh page: whatever was read is gone, and no part of the shell is drawn without its reader. */
export const leaveTo = (href: string): void => window.location.assign(href)

export const isKnown = (): boolean => queryClient.getQueryData<Me>(meKey) !== undefined

/** Who is logged in, or undefined. */
export async function findMe(): Promise<Me | undefined> {
  const known = queryClient.getQueryData<Me>(meKey)
  if (known) return known
  try {
    const me = await callRoute(routes.me, {})
    enterAs(me)
    return me
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return undefined
    throw error
  }
}

export async function isSetupNeeded(): Promise<boolean> {
  return (await callRoute(routes.setupNeeded, {})).needed
}

/** The logged-in reader; only inside the shell. */
export function useMe(): Me {
  const { data } = useQuery({ queryKey: meKey, queryFn: () => callRoute(routes.me, {}), staleTime: 60_000 })
  if (!data) throw new Error('useMe outside the shell')
  return data
}

/**
 * `const can = useCan(); can('segment:write')`. The server decides; this only hides what would fail. On pages without a login
 * nobody may anything: parts of the shell's pages stand there, too.
 */
export function useCan(): (permission: Permission) => boolean {
  const { data } = useQuery({ queryKey: meKey, queryFn: () => callRoute(routes.me, {}), enabled: false })
  return (permission) => data?.permissions.includes(permission) ?? false
}
