const key = 'headwater.reloaded-at'
/** A file that is missing for another reason must not make the page reload for ever. */
const pauseMs = 60_000

/** An update under an open tab takes away the files the tab would still load: a fresh page has the new ones. */
export function reloadForNewVersion(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(key) ?? 0)
    if (Date.now() - last < pauseMs) return
    sessionStorage.setItem(key, String(Date.now()))
    event.preventDefault()
    window.location.reload()
  })
}
