import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * The Node that runs our TypeScript. It is this process's own, except where a tool (a test runner, an editor)
 * was started with the machine's older Node: then the pinned one from the optional platform package.
 */
export function nodeExecutable(): string {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  const pinned = `../../node_modules/node-${process.platform}-${process.arch}/bin/node`
  const path = fileURLToPath(new URL(pinned, import.meta.url))
  return existsSync(path) ? path : process.execPath
}
