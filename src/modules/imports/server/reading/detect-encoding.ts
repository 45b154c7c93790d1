/** `utf-8-damaged`: UTF-8 with a few bytes that are none; they are shown as U+FFFD. */
export const encodings = [
  'utf-8',
  'utf-8-damaged',
  'gb18030',
  'utf-16le',
  'utf-16be',
  'windows-1252',
] as const
export type Encoding = (typeof encodings)[number]

/** The label the platform's decoder knows. */
export const labelOf = (encoding: Encoding): string => (encoding === 'utf-8-damaged' ? 'utf-8' : encoding)

/**
 * Reads the whole file, because a file that begins in ASCII says nothing: strict UTF-8 first, then GB18030, which
 * nearly every pair of high bytes is valid in. A byte order mark decides at once.
 */
export async function detectEncoding(open: () => AsyncIterable<Buffer>): Promise<Encoding> {
  const marked = await readMark(open)
  if (marked) return marked
  if (await isAll('utf-8', open)) return 'utf-8'
  if ((await shareOfDamage(open)) < 0.02) return 'utf-8-damaged'
  return (await isAll('gb18030', open)) ? 'gb18030' : 'windows-1252'
}

async function readMark(open: () => AsyncIterable<Buffer>): Promise<Encoding | undefined> {
  for await (const bytes of open()) {
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
    return undefined
  }
  return undefined
}

async function isAll(label: string, open: () => AsyncIterable<Buffer>): Promise<boolean> {
  const decoder = new TextDecoder(label, { fatal: true })
  try {
    for await (const bytes of open()) decoder.decode(bytes, { stream: true })
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

// Text in another encoding is damaged nearly everywhere it is not ASCII; a cut copy or a stray byte hardly anywhere.
async function shareOfDamage(open: () => AsyncIterable<Buffer>): Promise<number> {
  const decoder = new TextDecoder('utf-8')
  let [damaged, high] = [0, 0]
  for await (const bytes of open()) {
    const text = decoder.decode(bytes, { stream: true })
    damaged += text.match(/\uFFFD/g)?.length ?? 0
    high += text.match(/\P{ASCII}/gu)?.length ?? 0
  }
  return damaged / Math.max(1, high)
}
