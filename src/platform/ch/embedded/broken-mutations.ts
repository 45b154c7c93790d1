import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Removes orders to change rows (`mutation_N.txt`) that were not written to their end: a full disk leaves them empty, and
 * ClickHouse refuses to start at all with one (CANNOT_PARSE_INPUT_ASSERTION_FAILED). Whoever gave the order never got an
 * answer and gives it again. Answers what was removed. Before the engine starts.
 */
export function removeBrokenMutations(dir: string): string[] {
  const store = join(dir, 'store')
  if (!existsSync(store)) return []
  const broken = foldersIn(store)
    .flatMap(foldersIn)
    .flatMap((table) => readdirSync(table).flatMap((name) => (isMutation(name) ? [join(table, name)] : [])))
    .filter((file) => !isWhole(readFileSync(file, 'utf8')))
  for (const file of broken) rmSync(file)
  return broken
}

const foldersIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? [join(folder, one.name)] : [],
  )

const isMutation = (name: string) => /^mutation_\d+\.txt$/.test(name)

// Version, time and commands, each a line of its own (MergeTreeMutationEntry of ClickHouse).
const isWhole = (text: string) => /^format version: 1\ncreate time: .+\ncommands: [\s\S]+\n$/.test(text)
