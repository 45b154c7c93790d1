import type { Calls, Core } from './core.ts'
import { warn } from './device.ts'

export type Call = [name: string, ...given: unknown[]]

/** `O`: what `init` takes. Calls made before it are kept and made then, in order. */
export type Headwater<O> = Omit<Calls, 'flush'> & {
  flush(): Promise<void>
  init(options: O): void
  /** `push(['track', 'Signed Up'])`: the same calls, also where the script is not loaded yet. */
  push(...calls: Call[]): void
}

export type Started = { core: Core; begin(): void }

type Fn = (...given: unknown[]) => unknown

export function createFacade<O>(start: (options: O) => Started): Headwater<O> {
  let started: Started | undefined
  const waiting: Call[] = []

  function call(name: string, given: unknown[]): unknown {
    if (name === 'init') return init(given[0] as O)
    if (!started) return void waiting.push([name, ...given])
    try {
      return (started.core as unknown as Record<string, Fn>)[name]?.(...given)
    } catch (error) {
      // A page must not break by being watched; the usual cause is a property that refers to itself.
      warn(`${name}: ${error}`)
    }
  }

  function init(options: O): void {
    if (started) return
    started = start(options)
    for (const [name, ...given] of waiting.splice(0)) call(name, given)
    started.begin()
  }

  const made: Record<string, Fn> = {
    push: (...calls) => {
      for (const [name, ...given] of calls as Call[]) call(name, given)
    },
  }
  const names = 'init track page identify group alias reset consent onReady'
  for (const name of names.split(' ')) made[name] = (...given) => void call(name, given)
  made.flush = () => Promise.resolve(call('flush', []))
  return made as unknown as Headwater<O>
}
