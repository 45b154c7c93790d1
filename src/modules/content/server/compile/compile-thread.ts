import { parentPort } from 'node:worker_threads'
import { compileBody } from './compile-body.ts'
import { createEngine } from './engine.ts'

/** Compiles what authors wrote in a thread of its own, which is killed when it takes too long. */
const port = parentPort
if (!port) throw new Error('This file runs as a worker thread.')
const engine = createEngine()
port.on('message', (asked: Parameters<typeof compileBody>[1]) => {
  void compileBody(engine, asked).then((compiled) => port.postMessage(compiled))
})
