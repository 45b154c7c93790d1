import type { Brand } from '#modules/content/contract/brand.ts'
import { readBrand, writeBrand } from '#modules/content/server/brand/brand-store.ts'
import type { ContentDeps } from '#modules/content/server/content-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

export const getBrand = (deps: ContentDeps, ctx: WorkspaceCtx): Promise<Brand> =>
  deps.database.read(ctx, readBrand)

export async function setBrand(deps: ContentDeps, ctx: WorkspaceCtx, brand: Brand): Promise<Brand> {
  await deps.database.write(ctx, async (tx) => {
    await writeBrand(tx, brand)
    await deps.audit(tx, ctx, { action: 'content.brand_changed', subject: 'brand', details: brand })
  })
  return brand
}
