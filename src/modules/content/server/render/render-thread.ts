import { parentPort, workerData } from 'node:worker_threads'
import type { Template } from 'liquidjs'
import { createEngine } from '../compile/engine.ts'
import type { RenderAnswer, RenderOrder } from './render-order.ts'

/**
 * Renders one batch after another. The number of whoever is being rendered and the moment it began stand in shared
 * memory, so that whoever kills this thread knows who was at fault.
 */
const port = parentPort
if (!port) throw new Error('This file runs as a worker thread.')
const progress = new Int32Array((workerData as { progress: SharedArrayBuffer }).progress)
const engine = createEngine()
const parsed = new Map<string, Template[][]>()
const mostParsed = 50

function templatesOf({ key, sources }: RenderOrder): Template[][] {
  const kept = parsed.get(key)
  if (kept) return kept
  const made = sources.map((source) => engine.parse(source))
  const [oldest] = parsed.keys()
  if (parsed.size >= mostParsed && oldest !== undefined) parsed.delete(oldest)
  parsed.set(key, made)
  return made
}

function render(order: RenderOrder): RenderAnswer[] {
  const templates = templatesOf(order)
  return order.people.map((scope, at) => {
    Atomics.store(progress, 0, at)
    Atomics.add(progress, 1, 1)
    try {
      const whole = { ...order.shared, ...scope }
      return { texts: templates.map((one) => String(engine.renderSync(one, whole))) }
    } catch (error) {
      return { error: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) }
    }
  })
}

port.on('message', (order: RenderOrder) => {
  port.postMessage(render(order))
})
