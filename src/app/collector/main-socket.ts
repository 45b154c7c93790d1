import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

const prefix = 'headwater-http-'

/** A new socket that this user alone can reach; a data folder may lie deeper than the 107 bytes of a socket's path. */
export function newMainSocket(): string {
  const base = tmpdir().length > 60 ? '/tmp' : tmpdir()
  return join(mkdtempSync(join(base, prefix)), 'main.sock')
}

/** Removes it with its folder; a killed program leaves it behind. */
export function removeMainSocket(path: string): void {
  const folder = dirname(path)
  if (basename(folder).startsWith(prefix)) rmSync(folder, { recursive: true, force: true })
}
