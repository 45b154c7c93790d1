import type { Rule } from '#modules/rules/contract.ts'
import { compileRule } from '#modules/rules/index.ts'
import type { routes } from '#modules/segments/contract.ts'
import { prepare } from '#modules/segments/server/preview-rule.ts'
import { scopedEnv } from '#modules/segments/server/scoped-env.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Output } from '#platform/http/define-routes.ts'

/** Every region that two or three rules make, out of one pass over people and events. */
export async function countRegions(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  input: { rules: readonly Rule[] },
): Promise<Output<typeof routes.regions>> {
  const started = performance.now()
  const rules = await checkAll(deps, ctx, input.rules)
  const regions = regionsOf(rules.length)
  const parts = regions.map(
    (places): Rule => ({
      all: rules.map((rule, i) => (places.includes(i) ? rule : { not: rule })),
    }),
  )
  const { counts, everyone } = await countEach(deps, ctx, [...parts, ...rules])
  return {
    regions: regions.map((places, i) => ({ in: places, count: counts[i] ?? 0 })),
    sizes: counts.slice(regions.length),
    everyone,
    tookMs: Math.round(performance.now() - started),
  }
}

/** Each two of the segments; the diagonal is the segment itself. */
export async function countOverlaps(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  input: { segments: readonly string[] },
): Promise<Output<typeof routes.overlaps>> {
  const started = performance.now()
  const rules = await checkAll(
    deps,
    ctx,
    input.segments.map((segment) => ({ segment })),
  )
  const pairs = rules.flatMap((_, row) => rules.slice(row).map((_, i): [number, number] => [row, row + i]))
  const { counts, everyone } = await countEach(
    deps,
    ctx,
    pairs.map(([a, b]): Rule => ({ all: [rules[a] as Rule, rules[b] as Rule] })),
  )
  const matrix = rules.map(() => rules.map(() => 0))
  for (const [i, [a, b]] of pairs.entries())
    for (const [row, column] of [
      [a, b],
      [b, a],
    ] as const)
      (matrix[row] as number[])[column] = counts[i] ?? 0
  return { matrix, everyone, tookMs: Math.round(performance.now() - started) }
}

/** Places of the rules that hold, one list per region: the regions of one, of two, of all. */
export function regionsOf(rules: number): number[][] {
  const masks = Array.from({ length: 2 ** rules - 1 }, (_, i) => i + 1)
  const placesOf = (mask: number) => Array.from({ length: rules }, (_, i) => i).filter((i) => mask & (1 << i))
  return masks.map(placesOf).sort((a, b) => a.length - b.length)
}

async function checkAll(deps: SegmentsDeps, ctx: WorkspaceCtx, rules: readonly Rule[]): Promise<Rule[]> {
  const checked: Rule[] = []
  for (const json of rules) checked.push((await prepare(deps, ctx, json)).rule)
  return checked
}

/** People of each rule among those the caller may see; conditions that rules share are evaluated once. */
async function countEach(deps: SegmentsDeps, ctx: WorkspaceCtx, rules: readonly Rule[]) {
  const query = compileRule({ any: [...rules] }, await scopedEnv(deps, ctx)).conditionCountsSql()
  const [row] = await deps.ch.query<{ total: number; counts: number[] }>(query.sql, query.params, {
    signal: ctx.signal,
    settings: { cancel_http_readonly_queries_on_client_close: 1 },
  })
  const at = new Map(query.paths.map((path, i) => [path, row?.counts[i] ?? 0]))
  return { counts: rules.map((_, i) => at.get(`/any/${i}`) ?? 0), everyone: row?.total ?? 0 }
}
