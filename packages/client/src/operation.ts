export type CallOptions = {
  signal?: AbortSignal
  /**
   * Name of the deed, for POST: a repeat with the same key within 24 hours gets the first answer again. Without one every
   * call makes its own, which covers the retries of that call; pass one to cover a restart of your program too.
   */
  idempotencyKey?: string
}

/** A route as a function; the input may be left out where nothing in it is required. */
export type Operation<Input, Answer> =
  Record<string, never> extends Input
    ? (input?: Input, options?: CallOptions) => Promise<Answer>
    : (input: Input, options?: CallOptions) => Promise<Answer>

export type Page<Item> = { items: Item[]; next: string | null }

/** A list: called, it answers one page; `each` goes through all of them. */
export type Paged<Input, Item> = Operation<Input, Page<Item>> & { each: Each<Input, Item> }

type Each<Input, Item> =
  Record<string, never> extends Input
    ? (input?: Omit<Input, 'cursor'>, options?: CallOptions) => AsyncGenerator<Item, void, undefined>
    : (input: Omit<Input, 'cursor'>, options?: CallOptions) => AsyncGenerator<Item, void, undefined>

/** What an operation answers: `AnswerOf<Client['profiles']['get']>`. */
export type AnswerOf<O> = O extends (...input: never[]) => Promise<infer Answer> ? Answer : never

/** How a route is called; `file` answers the response itself, to be read as a stream. */
export type OperationFacts = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  query: readonly string[]
  answer: 'json' | 'file' | 'none'
}
export type OperationTable = Record<string, Record<string, OperationFacts>>
