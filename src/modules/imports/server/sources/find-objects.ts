import type { Bucket } from '#modules/connectors/index.ts'
import { mostFileBytes } from '#modules/imports/server/receive-form.ts'
import { type Found, fitsGlob } from '#modules/imports/server/sources/found.ts'
import { type Item, keyOf } from '#modules/imports/server/sources/item-store.ts'
import { AppError } from '#platform/errors.ts'

type Place = { prefix: string; glob: string }

/** Objects that are new or changed since they were taken, in the order of their names. */
export async function* findObjects(
  bucket: Bucket,
  { prefix, glob }: Place,
  known: (names: readonly string[]) => Promise<ReadonlySet<string>>,
  signal: AbortSignal,
): AsyncGenerator<Found> {
  let next: string | undefined
  do {
    signal.throwIfAborted()
    const page = await bucket.list(prefix, next)
    const fitting = page.objects.filter(({ key, size }) => size > 0 && fitsGlob(glob, lastPart(key)))
    const taken = await known(fitting.map((one) => one.key))
    for (const object of fitting) {
      // What a storage tells of an object without reading it; its time would change with a copy onto itself.
      const item: Item = { name: object.key, mark: `${object.etag} ${object.size}` }
      if (taken.has(keyOf(item))) continue
      yield {
        name: item.name,
        shown: lastPart(object.key),
        take: async (path) => {
          if (object.size > mostFileBytes) return { mark: item.mark, cursor: null, fault: tooLarge() }
          await bucket.fetch(object, path, signal)
          return { mark: item.mark, cursor: null }
        },
      }
    }
    next = page.next
  } while (next !== undefined)
}

const tooLarge = () =>
  new AppError(
    'import.file_too_large',
    'too_large',
    'A file may have 4 GB at most; cut the object into parts.',
  )

const lastPart = (key: string): string => key.slice(key.lastIndexOf('/') + 1)
