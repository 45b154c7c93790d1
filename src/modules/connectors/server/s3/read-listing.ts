import { Parser } from 'htmlparser2'
import { AppError } from '#platform/errors.ts'

export type ListedObject = { key: string; etag: string; size: number; modified: string }

/** An answer of ListObjectsV2. */
export function readListing(xml: string): { objects: ListedObject[]; next: string | undefined } {
  const objects: ListedObject[] = []
  let root = ''
  const said: Record<string, string> = {}
  walk(xml, (path, text) => {
    root ||= path[0] as string
    const name = path.at(-1) as string
    if (path.length === 3 && path[1] === 'Contents') {
      if (name === 'Key') objects.push({ key: text, etag: '', size: 0, modified: '' })
      const last = objects.at(-1)
      if (!last) return
      if (name === 'ETag') last.etag = text
      if (name === 'Size') last.size = Number(text)
      if (name === 'LastModified') last.modified = text
    } else if (path.length === 2) said[name] = text
  })
  if (root !== 'ListBucketResult')
    throw new AppError(
      'connection.no_storage',
      'invalid',
      'What answers at this endpoint is no S3-compatible storage.',
    )
  const next = said.IsTruncated === 'true' ? said.NextContinuationToken : undefined
  return { objects, next }
}

/** An error as S3 tells it; empty when it is none. */
export function readFault(xml: string): { code: string } {
  let code = ''
  walk(xml, (path, text) => {
    if (path.length === 2 && path[0] === 'Error' && path[1] === 'Code') code = text
  })
  return { code: /^\w{1,60}$/.test(code) ? code : '' }
}

/** Calls back for every element without children, with its text. */
function walk(xml: string, leaf: (path: readonly string[], text: string) => void): void {
  const path: string[] = []
  let text = ''
  const parser = new Parser(
    {
      onopentag: (name) => {
        path.push(name.replace(/^.*:/, ''))
        text = ''
      },
      ontext: (piece) => {
        text += piece
      },
      onclosetag: () => {
        leaf(path, text)
        path.pop()
        text = ''
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(xml)
}
