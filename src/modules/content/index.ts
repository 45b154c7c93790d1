import type { FastifyInstance } from 'fastify'
import type { Access } from '#modules/access/index.ts'
import { openCompiler } from '#modules/content/server/compile/open-compiler.ts'
import type { ContentDeps } from '#modules/content/server/content-deps.ts'
import { forgetCoupons } from '#modules/content/server/coupons/coupon-store.ts'
import { assignCode } from '#modules/content/server/coupons/manage-coupons.ts'
import { serveLinks } from '#modules/content/server/links/serve-links.ts'
import { personValues } from '#modules/content/server/preview/person-values.ts'
import { openLinkTokens } from '#modules/content/server/render/link-tokens.ts'
import { openRenderer } from '#modules/content/server/render/open-renderer.ts'
import {
  type PersonValues,
  type Rendered,
  type RenderInput,
  type RenderOptions,
  renderMany,
} from '#modules/content/server/render/render-many.ts'
import type { TemplateVersion } from '#modules/content/server/render/version.ts'
import { serveContent } from '#modules/content/server/routes.ts'
import { readTemplate } from '#modules/content/server/templates/read-version.ts'
import type { Profiles } from '#modules/profiles/index.ts'
import type { Clock } from '#platform/clock.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { ServedRoute } from '#platform/http/implement.ts'
import type { Log } from '#platform/log.ts'
import type { Mailer } from '#platform/mail/open-mailer.ts'
import type { Database, Tx } from '#platform/pg/database.ts'
import type { LinkVisitor } from '#slots/link-visit.ts'
import type { Notifier } from '#slots/notifier.ts'
import type { PersonalDataKeeper } from '#slots/personal-data.ts'
import type { TemplateApproval } from '#slots/template-approval.ts'
import type { TemplateUsers } from '#slots/template-users.ts'

/** Ready-made mails to begin with. */
export { type StartingKind, startingTemplates } from '#modules/content/design/starting-templates.ts'
export type { PersonValues, Rendered, RenderInput, RenderOptions, TemplateVersion }

export type ContentOptions = {
  database: Database
  log: Log
  clock: Clock
  notifier: Notifier
  audit: Access['audit']
  profiles: Profiles
  mailer: Mailer
  instanceKey: Buffer
  baseUrl: string
  /** Who sends templates. */
  users?: readonly TemplateUsers[]
  approval?: TemplateApproval
  /** Are told of links of messages that are followed; may still grow while modules are opened. */
  visitors?: readonly LinkVisitor[]
}

export type Content = {
  routes: ServedRoute[]
  /** The published version of a template, with what it needs; it never changes, so it may be kept. */
  readTemplate(tx: Tx, ctx: WorkspaceCtx, id: string): Promise<TemplateVersion>
  /** Messages of many people, in their order; one that cannot be made says why and disturbs no other. */
  renderMany(
    version: TemplateVersion,
    people: readonly RenderInput[],
    options: RenderOptions,
  ): Promise<Rendered[]>
  /** What templates know of people, by person number; masked as `ctx` sees them, whole for the program itself. */
  personValues(ctx: WorkspaceCtx, persons: readonly number[]): Promise<Map<number, PersonValues>>
  /**
   * A code of a pool for a person, in the caller's transaction: one for each purpose (a journey's step, a campaign), the
   * same whenever it is asked again. `coupon.pool_empty`, `coupon.not_valid`, `coupon.pool_missing`.
   */
  assignCoupon(tx: Tx, pool: string, claim: { person: number; purpose: string; now: number }): Promise<string>
  /** Which codes people were given; forgotten with them. */
  keeper: PersonalDataKeeper
  /** Addresses of links, outside of the API. */
  serveLinks(server: FastifyInstance): void
  stop(): Promise<void>
}

/** The module, opened once by the composition root. */
export function openContent({
  instanceKey,
  approval,
  users = [],
  visitors = [],
  ...options
}: ContentOptions): Content {
  const compiler = openCompiler()
  const renderer = openRenderer()
  const tokens = openLinkTokens(instanceKey)
  const deps: ContentDeps = { ...options, approval, users, visitors, compiler, renderer, tokens }
  return {
    routes: serveContent(deps),
    readTemplate: (tx, _ctx, id) => readTemplate(tx, id),
    renderMany: (version, people, given) => renderMany(deps, version, people, given),
    personValues: (ctx, persons) => personValues(deps, ctx, persons),
    assignCoupon: async (tx, pool, claim) => (await assignCode(deps, tx, pool, claim)).code,
    keeper: {
      name: 'coupons',
      forget: async (ctx, { units }) => {
        await deps.database.write(ctx, (tx) => forgetCoupons(tx, units))
      },
    },
    serveLinks: (server) => serveLinks(server, deps),
    stop: async () => {
      await compiler.close()
      await renderer.close()
    },
  }
}
