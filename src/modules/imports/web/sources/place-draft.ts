import type { SourcePlace } from '../../source-contract.ts'

export type PlaceDraft = {
  kind: SourcePlace['kind']
  connection: string | undefined
  prefix: string
  glob: string
  sql: string
  cursor: string
}
export const newPlace: PlaceDraft = {
  ...{ kind: 'folder', connection: undefined, prefix: '', glob: '*.csv', sql: '', cursor: '' },
}

/** Undefined while something is missing. */
export function placeOfDraft({
  kind,
  connection,
  prefix,
  glob,
  sql,
  cursor,
}: PlaceDraft): SourcePlace | undefined {
  if (kind !== 'database' && glob.trim() === '') return undefined
  if (kind === 'folder') return { kind, glob: glob.trim() }
  if (connection === undefined) return undefined
  if (kind === 's3') return { kind, connection, prefix: prefix.trim(), glob: glob.trim() }
  if (sql.trim() === '' || cursor.trim() === '') return undefined
  return { kind, connection, sql: sql.trim(), cursor: cursor.trim() }
}

export const draftOfPlace = ({ kind, ...said }: SourcePlace): PlaceDraft => ({ ...newPlace, ...said, kind })
