import type { Access } from '#modules/access/index.ts'
import type { Compiler } from '#modules/content/server/compile/open-compiler.ts'
import type { LinkTokens } from '#modules/content/server/render/link-tokens.ts'
import type { Renderer } from '#modules/content/server/render/open-renderer.ts'
import type { Profiles } from '#modules/profiles/index.ts'
import type { Clock } from '#platform/clock.ts'
import type { Log } from '#platform/log.ts'
import type { Mailer } from '#platform/mail/open-mailer.ts'
import type { Database } from '#platform/pg/database.ts'
import type { LinkVisitor } from '#slots/link-visit.ts'
import type { Notifier } from '#slots/notifier.ts'
import type { TemplateApproval } from '#slots/template-approval.ts'
import type { TemplateUsers } from '#slots/template-users.ts'

export type ContentDeps = {
  database: Database
  log: Log
  clock: Clock
  notifier: Notifier
  /** Are told of every link of a message that is followed. */
  visitors: readonly LinkVisitor[]
  audit: Access['audit']
  profiles: Profiles
  mailer: Mailer
  /** Address of this program, without a slash at its end. */
  baseUrl: string
  users: readonly TemplateUsers[]
  approval: TemplateApproval | undefined
  compiler: Compiler
  renderer: Renderer
  tokens: LinkTokens
}
