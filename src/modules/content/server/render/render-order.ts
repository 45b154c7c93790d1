/** What a render thread is told: sources only count the first time a key comes. */
export type RenderOrder = {
  key: string
  sources: readonly string[]
  /** The same for everybody. */
  shared: Record<string, unknown>
  people: readonly Record<string, unknown>[]
}
export type RenderAnswer = { texts: string[] } | { error: string }
