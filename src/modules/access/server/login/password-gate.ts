import { hash, verify } from '@node-rs/argon2'
import { AppError } from '#platform/errors.ts'
import { randomText } from '#platform/ids.ts'

// OWASP ASVS 5.0 appendix C: argon2id (the library's default), t=2, m=19 MiB, p=1; about 25 ms here.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
// Each hash takes 19 MiB and a core: without a bound, logging in is the denial of service.
const maxRunning = 2
const maxWaiting = 16

export type PasswordGate = {
  hash(password: string): Promise<string>
  /** Takes the same time for an account that does not exist (`undefined`). */
  verify(stored: string | undefined, password: string): Promise<boolean>
}

/** Hashes and checks passwords, at most two at a time; a full queue is the caller's 429. */
export function createPasswordGate(): PasswordGate {
  const waiting: (() => void)[] = []
  let running = 0
  let decoy: Promise<string> | undefined

  async function admitted<T>(work: () => Promise<T>): Promise<T> {
    if (running >= maxRunning) {
      if (waiting.length >= maxWaiting)
        throw new AppError(
          'access.too_many_attempts',
          'limited',
          'Too many people are logging in right now.',
          {
            retryAfter: 1,
          },
        )
      await new Promise<void>((resolve) => waiting.push(resolve)) // the leaver hands over its place
    } else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }

  return {
    hash: (password) => admitted(() => hash(normal(password), cost)),
    verify: async (stored, password) => {
      decoy ??= hash(randomText(20), cost)
      const standIn = await decoy // awaited either way: the first log-in of a process tells nothing
      return admitted(async () => (await verify(stored ?? standIn, normal(password))) && stored !== undefined)
    },
  }
}

// The same characters typed on another keyboard may arrive in another Unicode form.
const normal = (password: string) => password.normalize('NFKC')
