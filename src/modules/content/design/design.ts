/** What the block editor shows of an e-mail. Everything in it is written as MJML, which alone is kept. */
export type Align = 'left' | 'center' | 'right'
export const networks = [
  'weibo',
  'wechat',
  'douyin',
  'xiaohongshu',
  'linkedin',
  'x',
  'youtube',
  'instagram',
  'web',
] as const
export type Network = (typeof networks)[number]

export type Blocks = {
  /** Paragraphs and lists with bold, italic, links and values. */
  text: { html: string; align: Align }
  heading: { html: string; level: 1 | 2 | 3; align: Align }
  image: { src: string; alt: string; href: string; width: number }
  button: { label: string; href: string; align: Align; colour: string }
  divider: Record<never, never>
  spacer: { height: number }
  social: { align: Align; items: { network: Network; href: string }[] }
  /** A product or a course. */
  card: { image: string; title: string; text: string; price: string; label: string; href: string }
  coupon: { title: string; code: string; note: string }
  footer: { html: string }
  /** A reusable block, kept elsewhere; without a version it is always as it is now. */
  saved: { block: string; version: number | null }
  /** What the editor has no form for stays as it is written. */
  code: { mjml: string }
}
export type BlockKind = keyof Blocks
export type Block = { [K in BlockKind]: { id: string; kind: K } & Blocks[K] }[BlockKind]

export type Section = {
  id: string
  /** One to three; none where the whole section is `code`. */
  columns: Block[][]
  background: string
  /** MJML of a section, or of anything between sections, that the editor has no form for. */
  code: string | null
}
export type Design = {
  /** Inside of mj-head, as written. */
  head: string
  /** Attributes of mj-body, as written. */
  body: string
  sections: Section[]
}

let made = 0
/** Names a block while it is edited; nothing of it is kept. */
export const newBlockId = (): string => `b${++made}`
