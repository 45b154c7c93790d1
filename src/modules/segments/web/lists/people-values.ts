import type { Preview } from '#modules/imports/contract.ts'
import type { CallInput } from '#web/api-client.ts'
import type { routes } from '../../contract.ts'

export type PeopleValues = {
  how: 'paste' | 'file' | 'segment'
  kind: string
  values: string
  upload?: string
  column?: string
  segment?: string
  create?: boolean
}
export const mostLines = 10_000

/** Pasted text as values: by line, and by comma or tab where somebody pasted a row. */
export const linesOf = (text: string): string[] =>
  text
    .split(/[\r\n,;\t，；]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

export function bodyOf(values: PeopleValues, adds: boolean): CallInput<typeof routes.addPeople>['body'] {
  const { how, kind, upload = '', column = '', segment = '' } = values
  const create = adds && values.create === true && how !== 'segment' ? { create: true } : {}
  if (how === 'file') return { file: { upload, column, kind }, ...create }
  if (how === 'segment') return { rule: { segment } }
  return { identifiers: linesOf(values.values).map((value) => ({ kind, value })), ...create }
}

/** The column that looks most like an identifier, and of which kind. */
export function suggestColumn({ columns }: Preview): { column?: string; kind?: string } {
  const found =
    columns.find((column) => column.looks === 'id') ??
    columns.find((column) => column.looks === 'phone') ??
    columns.find((column) => column.looks === 'email') ??
    columns[0]
  if (!found) return {}
  const kind = found.looks === 'phone' || found.looks === 'email' ? found.looks : 'user_id'
  return { column: found.name, kind }
}
