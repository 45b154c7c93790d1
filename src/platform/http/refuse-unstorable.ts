import { AppError } from '#platform/errors.ts'

// Rules nest 8 deep, attributes as far as a form goes; recursive readers (zod, JSON.stringify) overflow at some 5,000.
const maxDepth = 100

/**
 * Refuses what no store of ours can keep or no reader of ours can walk: a NUL character or half a surrogate pair
 * (PostgreSQL's text and jsonb have neither) and nesting without end. Walks without recursion, so that the check itself
 * cannot be made to overflow.
 */
export function refuseUnstorable(part: string, value: unknown): void {
  let level: [path: string, value: unknown][] = [[`/${part}`, value]]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) throw fault(`/${part}`, `nested deeper than ${maxDepth} levels`)
    const below: typeof level = []
    for (const [path, one] of level) {
      if (typeof one === 'string' && !isText(one))
        throw fault(path, 'must be text without NUL or half characters')
      if (one === null || typeof one !== 'object') continue
      for (const [name, child] of Object.entries(one)) {
        if (!isText(name)) throw fault(path, 'has a name that is not text')
        if (typeof child === 'string' || typeof child === 'object') below.push([`${path}/${name}`, child])
      }
    }
    level = below
  }
}

const isText = (text: string) => text.isWellFormed() && !text.includes('\u0000')

const fault = (path: string, message: string) =>
  new AppError('request.invalid', 'invalid', `${path}: ${message}`, {
    details: { path, faults: [{ path, message }] },
  })
