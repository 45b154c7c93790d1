import { createContext, use } from 'react'

export type ValueType =
  | 'text'
  | 'number'
  | 'boolean'
  | 'date'
  | 'list'
  | 'email'
  | 'phone'
  | 'object'
  | 'enum'
  | 'multi_enum'
  | 'reference'
export type AttributeChoice = {
  name: string
  label: string | null
  type: ValueType
  people: number
  examples: string[]
  description?: string
  group?: string
  /** Of an enum: what is stored, and what it is called in the reader's language. */
  options?: { value: string; label: string }[]
  /** What else it is looked for by: its label in the other language. */
  alias?: string
  /** Shown masked, so that only whole values can be asked for. */
  wholeOnly?: boolean
}
export type PropertyChoice = {
  path: string
  label?: string
  type: ValueType
  examples: string[]
  alias?: string
}

/** What the pickers offer. The rules module stands below those that know; the shell provides it. */
export type RuleCatalogue = {
  attributes: AttributeChoice[]
  events: {
    name: string
    label?: string /** Missing where only names are for the reader. */
    count?: number /** Other names it is found by. */
    alias?: string
  }[]
  tags: { name: string; parent: string | null; people: number }[]
  segments: { id: string; name: string; size: number | null }[]
  /** Lists kept by hand and snapshots, which a rule that is not saved may name by themselves. */
  lists?: { id: string; name: string }[]
  companyAttributes: PropertyChoice[]
  /** Topics people are written to about, in their order. */
  topics?: { key: string; name: string }[]
  /** Members who look after people; those that left go by `ownerName`. */
  owners?: { id: string; name: string }[]
  ownerName?: (id: string) => string | undefined
  departments?: { id: string; name: string; parentId: string | null }[]
  /** Display names of events and properties, also of those that are not offered. */
  titles?: { event: (name: string) => string; property: (event: string, path: string) => string }
  /** A hook: properties of an event, loaded when its line is shown. */
  useProperties: (event: string) => PropertyChoice[]
  loading: boolean
}

const nothing: RuleCatalogue = {
  attributes: [],
  events: [],
  tags: [],
  segments: [],
  companyAttributes: [],
  useProperties: () => [],
  loading: false,
}
export const RuleCatalogueContext = createContext<RuleCatalogue>(nothing)
export const useRuleCatalogue = (): RuleCatalogue => use(RuleCatalogueContext)
