import type { DashboardsDeps } from '#modules/dashboards/server/dashboards-deps.ts'
import type { LinkSigner } from '#modules/dashboards/server/links/link-token.ts'
import type { DrawingsOpen } from '#modules/dashboards/server/mail/open-drawings.ts'

export type MailDeps = DashboardsDeps & { drawings: DrawingsOpen; signer: LinkSigner }
