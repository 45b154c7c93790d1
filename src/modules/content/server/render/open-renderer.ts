import { availableParallelism } from 'node:os'
import type { RenderAnswer, RenderOrder } from './render-order.ts'
import { openWorkerLink, type WorkerLink } from './worker-link.ts'

export type Renderer = {
  /** In the order of the people; what one of them breaks, the others do not notice. */
  render(order: RenderOrder): Promise<RenderAnswer[]>
  close(): Promise<void>
}
type Lane = { link: WorkerLink; progress: Int32Array; busy: number; turn: Promise<unknown> }

/** One person's text may take so long; what it usually takes is a tenth of a millisecond. */
const personMs = 400
/** A thread that has just begun reads its modules and the text first. */
const firstMs = 30_000
const batch = 200
/** A text that hangs for so many is at fault itself. */
const mostStuck = 4
/** Nobody of the batch has had their turn. */
const notBegun = -1

export function openRenderer(threads = Math.max(1, Math.min(4, availableParallelism() - 1))): Renderer {
  const lanes: Lane[] = Array.from({ length: threads }, () => {
    const progress = new SharedArrayBuffer(8)
    const file = new URL('./render-thread.ts', import.meta.url)
    const link = openWorkerLink({ file, heapMb: 96, data: { progress } })
    return { link, progress: new Int32Array(progress), busy: 0, turn: Promise.resolve() }
  })
  const idlest = () => lanes.reduce((least, lane) => (lane.busy < least.busy ? lane : least))
  return {
    render: async (order) => {
      const batches: RenderOrder[] = []
      for (let at = 0; at < order.people.length; at += batch)
        batches.push({ ...order, people: order.people.slice(at, at + batch) })
      const stuck = { count: 0 }
      const answers = (await Promise.all(batches.map((one) => inTurn(idlest(), one, stuck)))).flat()
      const late = answers.flatMap((answer, at) => ('error' in answer && isLate(answer.error) ? [at] : []))
      // A busy machine makes anybody late: who was is tried once more, unless it is the text.
      if (late.length > 0 && late.length < mostStuck)
        for (const at of late) {
          const [again] = await renderBatch(
            idlest(),
            { ...order, people: order.people.slice(at, at + 1) },
            { count: 0 },
          )
          if (again) answers[at] = again
        }
      return answers
    },
    close: async () => {
      await Promise.all(lanes.map(({ link }) => link.close()))
    },
  }
}

/** One batch after another on each thread: whose turn it is stands in one place, and nobody's time runs while they wait. */
function inTurn(lane: Lane, order: RenderOrder, stuck: { count: number }): Promise<RenderAnswer[]> {
  lane.busy++
  const made = lane.turn
    .then(() => renderBatch(lane, order, stuck))
    .finally(() => {
      lane.busy--
    })
  lane.turn = made.catch(() => undefined)
  return made
}

/** Goes on behind whoever killed the thread, until everybody has an answer. */
async function renderBatch(
  lane: Lane,
  order: RenderOrder,
  stuck: { count: number },
): Promise<RenderAnswer[]> {
  const answers: RenderAnswer[] = []
  while (answers.length < order.people.length) {
    const rest = order.people.slice(answers.length)
    if (stuck.count >= mostStuck) return [...answers, ...rest.map(() => tooSlow)]
    Atomics.store(lane.progress, 0, notBegun)
    const given = await lane.link.ask<RenderAnswer[]>(
      { ...order, people: rest },
      { ms: firstMs + rest.length * personMs, isStuck: watch(lane.progress) },
    )
    if (given) return [...answers, ...given]
    stuck.count++
    // Those before were rendered, and lost with the thread: again, without the one at fault.
    const at = Atomics.load(lane.progress, 0)
    // It never came to anybody: nobody here is at fault, and it is tried again.
    if (at === notBegun) continue
    if (at > 0) answers.push(...(await renderBatch(lane, { ...order, people: rest.slice(0, at) }, stuck)))
    answers.push(tooSlow)
  }
  return answers
}

/** Whether the thread has been at one person for too long. */
function watch(progress: Int32Array): () => boolean {
  const before = Atomics.load(progress, 1)
  let seen = before
  let since = Date.now()
  return () => {
    const now = Atomics.load(progress, 1)
    if (now === seen) return Date.now() - since > (now === before ? firstMs : personMs)
    seen = now
    since = Date.now()
    return false
  }
}

const isLate = (error: string) => error === 'too_slow' || /render limit exceeded/.test(error)

const tooSlow: RenderAnswer = { error: 'too_slow' }
