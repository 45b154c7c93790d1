import type { ContentDeps } from '#modules/content/server/content-deps.ts'
import type { SmsRules } from '#modules/content/server/render/version.ts'
import { readSmsRules, writeSmsRules } from '#modules/content/server/setting-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

export const getSms = (deps: ContentDeps, ctx: WorkspaceCtx): Promise<SmsRules> =>
  deps.database.read(ctx, readSmsRules)

export async function setSms(deps: ContentDeps, ctx: WorkspaceCtx, rules: SmsRules): Promise<SmsRules> {
  await deps.database.write(ctx, async (tx) => {
    await writeSmsRules(tx, rules)
    await deps.audit(tx, ctx, { action: 'content.sms_changed', subject: 'sms', details: rules })
  })
  return rules
}
