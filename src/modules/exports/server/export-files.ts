import { mkdirSync } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExportFormat } from '#modules/exports/contract.ts'

type FileOf = { id: string; format: ExportFormat }

/** Where the file of an export lies. Ids are ours: letters, digits and one underscore. */
export const exportPath = (folder: string, { id, format }: FileOf): string => join(folder, `${id}.${format}`)

/** The name it is written under until it is whole. */
export const draftPath = (folder: string, given: FileOf): string => `${exportPath(folder, given)}.part`

/** For its owner's eyes only: it holds people. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
}

/** Makes a draft the file, once it is on the disk; answers its size. */
export async function publishDraft(folder: string, given: FileOf): Promise<number> {
  const draft = draftPath(folder, given)
  const handle = await open(draft, 'r')
  await handle.sync().finally(() => handle.close())
  const { size } = await stat(draft)
  await rename(draft, exportPath(folder, given))
  return size
}

export async function removeFiles(folder: string, given: FileOf): Promise<void> {
  await rm(draftPath(folder, given), { force: true })
  await rm(exportPath(folder, given), { force: true })
}
