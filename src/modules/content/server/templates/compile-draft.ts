import type { Fault, Need } from '#modules/content/contract/template.ts'
import { readBlockTexts } from '#modules/content/server/brand/block-store.ts'
import { readBrand } from '#modules/content/server/brand/brand-store.ts'
import { blocksIn, expandMjml } from '#modules/content/server/brand/expand-mjml.ts'
import type { CompiledPart } from '#modules/content/server/compile/compile-body.ts'
import type { ContentDeps } from '#modules/content/server/content-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { ChannelKind } from '#slots/channel-kind.ts'

type Draft = { language: string; body: Record<string, unknown> }
export type CompiledDraft = {
  compiled: Record<string, CompiledPart[]>
  needs: Need[]
  faults: Fault[]
  links: string[]
}

/** All languages of a template, with one table of links. */
export async function compileDraft(
  { compiler, database }: Pick<ContentDeps, 'compiler' | 'database'>,
  ctx: WorkspaceCtx,
  { channel, purpose }: { channel: ChannelKind; purpose: string },
  drafts: readonly Draft[],
): Promise<CompiledDraft> {
  const compiled: Record<string, CompiledPart[]> = {}
  const faults: Fault[] = []
  const needs: Need[] = []
  let links: string[] = []
  const expand = await readExpansion(database, ctx, drafts)
  for (const { language, body } of drafts) {
    const made = await compiler.compile(channel, expand(body), { purpose, links })
    links = made.links
    compiled[language] = made.parts
    needs.push(...made.needs)
    const several = drafts.length > 1
    faults.push(...made.faults.map((one) => (several ? { ...one, part: `${language}/${one.part}` } : one)))
  }
  return { compiled, needs: mergeNeeds(needs), faults, links }
}

/** A value is needed where any language needs it. */
export function mergeNeeds(needs: readonly Need[]): Need[] {
  const merged = new Map<string, Need>()
  for (const need of needs) {
    const known = merged.get(need.path)
    merged.set(need.path, {
      path: need.path,
      optional: (known?.optional ?? true) && need.optional,
      fallback: known === undefined ? need.fallback : known.fallback === null ? null : need.fallback,
    })
  }
  return [...merged.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Puts in what the brand kit and reusable rows say now; only MJML has them. */
async function readExpansion(database: ContentDeps['database'], ctx: WorkspaceCtx, drafts: readonly Draft[]) {
  const texts = drafts.map(({ body }) => String(body.mjml ?? ''))
  if (!texts.some((mjml) => mjml.includes('<hw-'))) return (body: Draft['body']) => body
  const { brand, blocks } = await database.read(ctx, async (tx) => ({
    brand: await readBrand(tx),
    blocks: await readBlockTexts(tx, texts.flatMap(blocksIn)),
  }))
  return (body: Draft['body']) =>
    typeof body.mjml === 'string' ? { ...body, mjml: expandMjml(body.mjml, brand, blocks) } : body
}
