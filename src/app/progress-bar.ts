/** A bar on a terminal; a line every tenth elsewhere. */
export function progressBar(title: string, total: number): { show(done: number): void; end(): void } {
  const started = Date.now()
  let lastTenth = -1
  return {
    show: (done) => {
      const share = Math.min(1, done / total)
      const seconds = (Date.now() - started) / 1000
      const left = share > 0.02 ? `, ${Math.ceil(seconds / share - seconds)} s left` : ''
      const text = `${title}: ${Math.floor(share * 100)} % of ${total.toLocaleString('en')} events${left}`
      if (process.stdout.isTTY) process.stdout.write(`\r${bar(share)} ${text}   `)
      else if (Math.floor(share * 10) > lastTenth) {
        lastTenth = Math.floor(share * 10)
        process.stdout.write(`${text}\n`)
      }
    },
    end: () => {
      process.stdout.write(
        `${process.stdout.isTTY ? '\r' : ''}${title}: done in ${Math.ceil((Date.now() - started) / 1000)} s\n`,
      )
    },
  }
}

const bar = (share: number) => `[${'█'.repeat(Math.round(share * 30)).padEnd(30, '░')}]`
