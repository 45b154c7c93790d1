// Preloaded by the launcher: when the launcher is killed outright, nobody forwards signals or waits for us any
// more, so stop in order. A poll, because no portable signal tells of a parent's death.
const parent = process.ppid
const watch = setInterval(() => {
  if (process.ppid === parent) return
  clearInterval(watch)
  process.kill(process.pid, 'SIGTERM')
}, 1000)
watch.unref()
