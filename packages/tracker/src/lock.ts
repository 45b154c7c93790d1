import type { Store } from './store.ts'

// Beside the messages, which begin with a digit.
const leaseName = '!l'
// Longer than a request may last.
const leaseMs = 15_000

/** Runs the work while no other page of this origin does: by Web Locks, or by a lease where they are missing (http). */
export function exclusively(
  name: string,
  leases: Store,
  me: string,
): (work: () => Promise<void>) => Promise<boolean> {
  const locks = navigator.locks as LockManager | undefined
  if (!locks) return (work) => byLease(leases, me, work)
  return (work) =>
    locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock) await work()
      return !!lock
    })
}

async function byLease(leases: Store, me: string, work: () => Promise<void>): Promise<boolean> {
  const [until, owner] = (leases.get(leaseName) ?? '').split(' ')
  if (owner !== me && Number(until) > Date.now()) return false
  leases.set(leaseName, `${Date.now() + leaseMs} ${me}`)
  // Two pages may have taken it at once; who wrote last has it.
  await new Promise((resolve) => setTimeout(resolve, 50))
  if (!leases.get(leaseName)?.endsWith(me)) return false
  await work()
  leases.remove(leaseName)
  return true
}
