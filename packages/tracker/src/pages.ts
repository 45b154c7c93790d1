/** Calls back once for every page a single-page app shows after the first; says where it came from. */
export function watchPages(view: (referrer: string) => void): void {
  let shown = address()
  let href = location.href
  let timer: ReturnType<typeof setTimeout> | undefined
  const check = () => {
    clearTimeout(timer)
    // Routers push and replace in one go and set the title afterwards; one page is shown all the same.
    timer = setTimeout(() => {
      if (address() === shown) return
      const from = href
      shown = address()
      href = location.href
      view(from)
    }, 20)
  }
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name]
    history[name] = function (...given) {
      original.apply(this, given)
      check()
    }
  }
  for (const name of ['popstate', 'hashchange']) addEventListener(name, check)
}

/** A hash is a page of its own where an app routes by it (`#/course/7`); elsewhere it is a place on the page. */
function address(): string {
  const { pathname, search, hash } = location
  return pathname + search + (/^#!?\//.test(hash) ? hash : '')
}
