import type { Store } from './store.ts'

// Beside the messages, which begin with a digit.
const leaseName = '!l'
// Longer than a request may last.
const leaseMs = 15_000

/**
 * Runs the work while no other page of this origin does: by a lease in the storage, and by Web Locks where they exist
 * (not on http). A lock alone is not enough: what another page wrote to the storage arrives a while after its lock is
 * free, and a message it has sent and removed would be sent again. All of it arrives in the order it was written, so
 * who sees the lease gone sees everything before it gone.
 */
export function exclusively(
  name: string,
  leases: Store,
  me: string,
): (work: () => Promise<void>) => Promise<boolean> {
  const locks = navigator.locks as LockManager | undefined

  /** Who holds the lock waits for the lease of another page to be seen gone, and takes the lease of one that broke off. */
  async function byLease(work: () => Promise<void>, patience: number): Promise<boolean> {
    while (isTaken()) {
      if (!patience) return false
      if (!--patience) leases.remove(leaseName)
      await moment()
    }
    leases.set(leaseName, `${Date.now() + leaseMs} ${me}`)
    // Two pages may have taken it at once; who wrote last has it.
    await moment()
    if (isTaken()) return false
    await work()
    leases.remove(leaseName)
    return true
  }

  function isTaken(): boolean {
    const lease = leases.get(leaseName) ?? ''
    return !lease.endsWith(me) && parseFloat(lease) > Date.now()
  }

  if (!locks) return (work) => byLease(work, 0)
  return (work) => locks.request(name, { ifAvailable: true }, async (lock) => !!lock && byLease(work, 20))
}

const moment = () => new Promise((resolve) => setTimeout(resolve, 50))
