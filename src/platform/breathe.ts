import { setImmediate } from 'node:timers/promises'

// Requests are answered between two slices of long work; 5 ms is a tenth of the latency budget of collect.
const sliceMs = 5
let sliceEnd = 0

/** Call often in long synchronous work: lets the event loop serve requests when the current slice is used up. */
export async function breathe(): Promise<void> {
  if (performance.now() < sliceEnd) return
  await setImmediate()
  sliceEnd = performance.now() + sliceMs
}
