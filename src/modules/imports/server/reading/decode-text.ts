import { type Encoding, labelOf } from '#modules/imports/server/reading/detect-encoding.ts'

/** The bytes as text, piece by piece, without a byte order mark. */
export async function* decodeText(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(labelOf(encoding))
  for await (const part of bytes) {
    const text = decoder.decode(part, { stream: true })
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}
