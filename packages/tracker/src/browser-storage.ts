import { idNames } from './core.ts'
import { attempt, type Store, storeIn } from './store.ts'

/** Undefined where it is forbidden; reading the property throws there. */
export const localArea = (): Record<string, string> | undefined => attempt(() => localStorage)

/** localStorage under a prefix; this page's memory where it is forbidden. */
export const localStore = (prefix: string): Store => storeIn(localArea() ?? {}, prefix)

// 400 days, the most Chrome keeps.
const forever = 34_560_000

/**
 * First-party cookies that all subdomains of the site share; localStorage where cookies do not work. Which domain takes
 * them is tried at the first write, as trying is writing, and that needs consent.
 */
export function cookieStore(): Store {
  const local = localStore('hw_')
  const get = (name: string) => readCookie(name) ?? local.get(name)
  let domain: string | undefined
  function set(name: string, text: string, age = forever): void {
    domain ??= widestDomain()
    if (domain === undefined) local.set(name, text)
    else writeCookie(name, text, domain, age)
  }
  return {
    get,
    set,
    remove: (name) => {
      set(name, '', 0)
      local.remove(name)
    },
    names: () => [...idNames].filter((name) => get(name) !== null),
  }
}

const readCookie = (name: string): string | null =>
  attempt(() =>
    decodeURIComponent(RegExp(`(?:^|; )hw_${name}=([^;]*)`).exec(document.cookie)![1] as string),
  ) ?? null

function writeCookie(name: string, text: string, domain: string, age: number): void {
  const secure = location.protocol === 'https:' ? ';secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in older browsers and on http
  document.cookie = `hw_${name}=${encodeURIComponent(text)};path=/;max-age=${age};samesite=lax${domain}${secure}`
}

/** Browsers refuse cookies for `com` and `co.uk`, so the shortest ending they take is the site; '' is this host only. */
function widestDomain(): string | undefined {
  const labels = location.hostname.split('.')
  for (let from = labels.length; from >= 0; from--) {
    const domain = from ? `;domain=${labels.slice(from - 1).join('.')}` : ''
    writeCookie('t', '1', domain, 9)
    const taken = readCookie('t') === '1'
    writeCookie('t', '', domain, 0)
    if (taken) return domain
  }
  return undefined
}
