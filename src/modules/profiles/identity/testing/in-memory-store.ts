import type { ClaimRow, Delta, IdentifierRow, IdentityStore, LinkRow, RunRow } from '../identity-store.ts'
import { type Decision, type Identifier, textOf } from '../observation.ts'

export type InMemoryStore = IdentityStore & { write(delta: Delta): void; rows: Tables }

type Tables = {
  identifiers: Map<number, IdentifierRow>
  links: Map<string, LinkRow>
  runs: Map<string, RunRow>
  claims: ClaimRow[]
  decisions: Map<string, { decision: Decision; units: number[] }>
}

/** The store contract in plain maps: stands in for Postgres in tests and measurements. */
export function createInMemoryStore(): InMemoryStore {
  const rows: Tables = {
    identifiers: new Map(),
    links: new Map(),
    runs: new Map(),
    claims: [],
    decisions: new Map(),
  }
  return {
    rows,
    write: (delta) => writeRows(rows, structuredClone(delta)),
    findComponents: async (ids) => findComponents(rows, ids),
    loadComponents: async (components) => structuredClone(rowsOf(rows, new Set(components))),
    loadClaims: async (devices) =>
      structuredClone(rows.claims.filter(({ device }) => devices.includes(device))),
  }
}

const runKey = ({ device, time, messageId }: RunRow) => `${device} ${time} ${messageId}`

function writeRows(rows: Tables, delta: Delta): void {
  for (const { row, before } of delta.identifiers) {
    if (rows.identifiers.has(row.unit) !== (before !== undefined))
      throw new Error('insert and update mixed up')
    rows.identifiers.set(row.unit, row)
  }
  for (const link of delta.links) rows.links.set(link.units.join(), link)
  for (const run of delta.goneRuns)
    if (!rows.runs.delete(runKey(run))) throw new Error('deletes a run never stored')
  for (const run of delta.newRuns) {
    if (rows.runs.has(runKey(run))) throw new Error('inserts a run twice')
    rows.runs.set(runKey(run), run)
  }
  rows.claims.push(...delta.claims)
  for (const entry of delta.decisions) rows.decisions.set(entry.decision.id, entry)
}

function findComponents(rows: Tables, ids: readonly Identifier[]): number[] {
  const wanted = new Set(ids.map(textOf))
  const found = [...rows.identifiers.values()].filter((row) => wanted.has(textOf(row)))
  return [...new Set(found.map(({ component }) => component))]
}

function rowsOf(rows: Tables, components: Set<number>) {
  const identifiers = [...rows.identifiers.values()].filter(({ component }) => components.has(component))
  const units = new Set(identifiers.map(({ unit }) => unit))
  return {
    identifiers,
    links: [...rows.links.values()].filter((link) => units.has(link.units[0]!)),
    runs: [...rows.runs.values()].filter(({ device }) => units.has(device)),
    decisions: [...rows.decisions.values()]
      .filter((d) => d.units.some((u) => units.has(u)))
      .map((d) => d.decision),
  }
}
