import type { DashboardsDeps } from '#modules/dashboards/server/dashboards-deps.ts'
import type { DrawingsOpen } from '#modules/dashboards/server/mail/open-drawings.ts'

export type MailDeps = DashboardsDeps & { drawings: DrawingsOpen }
