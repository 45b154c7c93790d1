import type { Readable } from 'node:stream'
import { Parser } from 'htmlparser2'
import { damaged } from '#modules/imports/server/reading/open-archive.ts'

export type XmlHandler = {
  open?(name: string, attributes: Record<string, string>): void
  text?(text: string): void
  close?(name: string): void
}

/** Feeds a member of a workbook to a handler, piece by piece; answers after each, so that rows can be taken out. */
export async function* readXml(stream: Readable, handler: XmlHandler): AsyncGenerator<void> {
  const decoder = new TextDecoder('utf-8')
  // Some writers put every name into a namespace (`x:row`).
  const local = (name: string) => name.slice(name.indexOf(':') + 1)
  const parser = new Parser(
    {
      onopentag: (name, attributes) => handler.open?.(local(name), attributes),
      ontext: (text) => handler.text?.(text),
      onclosetag: (name) => handler.close?.(local(name)),
    },
    { xmlMode: true, decodeEntities: true },
  )
  try {
    for await (const bytes of stream as AsyncIterable<Buffer>) {
      parser.write(decoder.decode(bytes, { stream: true }))
      yield
    }
  } catch (error) {
    throw isOurs(error) ? error : damaged(error)
  } finally {
    stream.destroy()
  }
  parser.end()
  yield
}

const isOurs = (error: unknown) => error instanceof Error && error.name === 'AppError'

/** The whole member at once, for the small ones. */
export async function readXmlWhole(stream: Readable, handler: XmlHandler): Promise<void> {
  const parts = readXml(stream, handler)
  while (!(await parts.next()).done);
}
