import type { Span } from '#modules/sql/server/language/fault.ts'

/** A type a value may be cast to; `args` are types, numbers or a time zone. */
export type TypeName = Span & { name: string; args: (TypeName | number | string)[] }

export type WindowSpec = {
  partitionBy: Expr[]
  orderBy: Order[]
  /** As it is printed: made of words we know and numbers. */
  frame: string | undefined
}

type Node =
  | { k: 'number'; text: string }
  | { k: 'string'; value: string }
  | { k: 'null' }
  | { k: 'bool'; value: boolean }
  | { k: 'name'; parts: string[] }
  | { k: 'star'; of: string | undefined }
  | { k: 'parameter'; name: string; type: TypeName }
  | {
      k: 'call'
      name: string
      params: Expr[] | undefined
      args: Expr[]
      distinct: boolean
      filter: Expr | undefined
      over: WindowSpec | string | undefined
    }
  | { k: 'unary'; op: 'NOT' | '-'; of: Expr }
  | { k: 'binary'; op: string; left: Expr; right: Expr }
  | { k: 'is_null'; of: Expr; not: boolean }
  | { k: 'between'; of: Expr; low: Expr; high: Expr; not: boolean }
  | { k: 'in'; of: Expr; not: boolean; list: Expr[] | Query }
  | { k: 'case'; of: Expr | undefined; whens: { when: Expr; value: Expr }[]; otherwise: Expr | undefined }
  | { k: 'cast'; of: Expr; type: TypeName }
  | { k: 'interval'; of: Expr; unit: string }
  | { k: 'extract'; unit: string; of: Expr }
  | { k: 'array'; items: Expr[] }
  | { k: 'tuple'; items: Expr[] }
  | { k: 'index'; of: Expr; at: Expr }
  | { k: 'element'; of: Expr; n: number }
  | { k: 'lambda'; names: string[]; body: Expr }
  | { k: 'query'; query: Query }
  /** Never parsed: the column a view is narrowed by, as it is inside of it. */
  | { k: 'inside' }

export type Expr = Span & Node
export type ExprOf<K extends Expr['k']> = Extract<Expr, { k: K }>

export type Order = { of: Expr; descending: boolean; nulls: 'FIRST' | 'LAST' | undefined }
export type Item = { expr: Expr; alias: string | undefined; text: string }
export type With = Span &
  ({ k: 'cte'; name: string; query: Query } | { k: 'value'; name: string; expr: Expr })

export type Source = Span &
  (
    | { k: 'view'; name: string; alias: string | undefined }
    | { k: 'derived'; query: Query; alias: string | undefined }
  )
export type Join = Span & {
  /** Words we know, in the engine's order: `LEFT ANY JOIN`. */
  kind: string
  source: Source
  on: Expr | undefined
  using: (Span & { name: string })[] | undefined
}
export type From = { first: Source; joins: Join[]; arrayJoin: { left: boolean; items: Item[] } | undefined }

export type Limit = { count: number; offset: number }

export type Select = Span & {
  distinct: boolean
  items: Item[]
  reads: From | undefined
  prewhere: Expr | undefined
  where: Expr | undefined
  groupBy: Expr[] | 'ALL' | undefined
  modifiers: ('TOTALS' | 'ROLLUP' | 'CUBE')[]
  having: Expr | undefined
  windows: { name: string; spec: WindowSpec }[]
  orderBy: Order[] | undefined
  limitBy: (Limit & { by: Expr[] }) | undefined
  limit: (Limit & { ties: boolean }) | undefined
}

/** One SELECT, or several whose rows are put together; `with` is seen by all of them. */
export type Query = Span & { with: With[]; parts: (Select | Query)[]; distinct: boolean }

export const isSelect = (part: Select | Query): part is Select => 'items' in part
