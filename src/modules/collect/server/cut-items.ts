import { cutDeep } from '#modules/collect/server/clean-json.ts'
import { decodeFrames, encodeFrames, type Frame } from '#modules/collect/server/log-format.ts'
import { erasedItem, frameItems } from '#modules/collect/server/read-items.ts'
import { breathe } from '#platform/breathe.ts'

/**
 * A log row without the content of some of its items: a mark stands in their places, so that every other item keeps its
 * own, reads as before, and a rebuild decides nothing anew.
 */
export async function cutItems(payload: Buffer, gone: ReadonlySet<number>): Promise<Buffer> {
  const frames: Frame[] = []
  let at = 0
  for (const frame of await decodeFrames(payload)) {
    await breathe()
    const items = frameItems(frame)
    const mine = items.map((_, index) => gone.has(at + index))
    at += items.length
    frames.push(mine.includes(true) ? withoutItems(frame, items, mine) : frame)
  }
  return encodeFrames(frames)
}

/** As a batch whose items are complete in themselves: what they shared may have told of those that are gone. */
function withoutItems(frame: Frame, items: readonly unknown[], mine: readonly boolean[]): Frame {
  const batch = items.map((item, index) => (mine[index] ? erasedItem : cutDeep(item)))
  return { ...frame, type: null, body: Buffer.from(JSON.stringify({ batch })) }
}
