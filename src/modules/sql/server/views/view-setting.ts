import type { Mask } from '#modules/profiles/index.ts'
import type { Bindings } from '#modules/rules/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** What all views of one query share: whose, whom they may show, and how. */
export type ViewSetting = {
  ctx: WorkspaceCtx
  bindings: Bindings
  /** Where the tables are; with it before their name no query can name another thing like them. */
  database: string
  /** `{ws:UInt32}` bound. */
  ws: string
  zone: string
  /** Conditions on `person`: within the reader's scope, nobody in the bin. */
  seen: readonly string[]
  /** The same on a row with `owner` and `department`. */
  scope: string
  personOf(unit: string, time: string): string
  personId: { idOf(person: string): string; decode(id: string): number | undefined }
  mask: Mask
  companyMask: Mask
  segments: readonly { num: number; id: string; name: string }[]
}

export type ColumnInfo = { name: string; type: string; zh: string; en: string }

/** What the catalogue says of a view, and what opens it. */
export type ViewInfo = {
  name: string
  zh: string
  en: string
  /** Besides `sql:read`. */
  needs: string | undefined
  /** Names of its properties: `props.city` or `properties['city']`. */
  roots: readonly string[]
  columns: readonly ViewColumn[]
}

export type ViewColumn = ColumnInfo & {
  /** SQL inside of the view. */
  sql(setting: ViewSetting): string
  /**
   * `looks`: phones and mails in it are starred for who sees them masked; `each`: in each of its texts. `full`: only for
   * who sees everything.
   */
  hide?: 'looks' | 'each' | 'full'
  /** A number to compare and count by in its place. */
  key?(setting: ViewSetting): string
  /** Not among those of `*`: it is large. */
  large?: true
}
