import type { Answer } from './known.ts'
import type { Decision, Identifier } from './observation.ts'

/** An identifier with its answer. `component` groups everything ever named together (see README, "Loading"). */
export type IdentifierRow = Identifier &
  Answer & {
    unit: number
    component: number
    firstTime: number
    firstMessageId: string
    /** False while only an alias has named it: it answers look-ups but is not listed. */
    seen: boolean
  }

/** Primary key: `units` (canonical order, at least two). Found again through any one of them, say the first. */
export type LinkRow = { units: number[]; alias: boolean; time: number; messageId: string; source?: string }

/** Primary key: (device, time, messageId). Rows are inserted and deleted, never updated. */
export type RunRow = { device: number; key: number[]; time: number; messageId: string }

/** Append-only; one per (batch, device, key). Read only by `loadClaims`. */
export type ClaimRow = { device: number; key: number[]; times: number[]; messageIds: string[] }

/** What one `apply` learned, to be written in one transaction with the caller's checkpoint. */
export type Delta = {
  /** Rows to insert (`before` undefined) or update; `before` is the answer it replaces. */
  identifiers: { row: IdentifierRow; before: Answer | undefined }[]
  /** Insert, or replace the one with the same units. */
  links: LinkRow[]
  newRuns: RunRow[]
  goneRuns: RunRow[]
  claims: ClaimRow[]
  /** Insert; `units` says which identifiers it names, so that `loadComponents` can find it. */
  decisions: { decision: Decision; units: number[] }[]
}

/** Whole components: identifiers, and the links, runs and decisions that name any of their units. */
export type StoredComponents = {
  identifiers: IdentifierRow[]
  links: LinkRow[]
  runs: RunRow[]
  decisions: Decision[]
}

/** Postgres behind one workspace; deltas are written by the caller. Reads must see every delta written before. */
export type IdentityStore = {
  /** Component ids of those identifiers that exist, without repeats. */
  findComponents(ids: readonly Identifier[]): Promise<number[]>
  loadComponents(components: readonly number[]): Promise<StoredComponents>
  loadClaims(devices: readonly number[]): Promise<ClaimRow[]>
}
