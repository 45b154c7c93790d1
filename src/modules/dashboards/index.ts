import { routes } from '#modules/dashboards/contract.ts'
import { addTile } from '#modules/dashboards/server/add-tile.ts'
import {
  changeBoard,
  copyBoard,
  createBoard,
  removeBoard,
  restoreBoard,
  setFavourite,
} from '#modules/dashboards/server/change-board.ts'
import type { DashboardsDeps } from '#modules/dashboards/server/dashboards-deps.ts'
import { keepAnswers } from '#modules/dashboards/server/links/kept-answers.ts'
import { tooOften } from '#modules/dashboards/server/links/link-rates.ts'
import { createLinkSigner } from '#modules/dashboards/server/links/link-token.ts'
import { createLink, listLinks, revokeLink } from '#modules/dashboards/server/links/manage-links.ts'
import { askLink, openLink } from '#modules/dashboards/server/links/open-link.ts'
import {
  changeMail,
  createMail,
  listMails,
  pauseMail,
  removeMail,
  sendNow,
} from '#modules/dashboards/server/mail/change-mails.ts'
import { leaveMail, readLeaving } from '#modules/dashboards/server/mail/leave-mail.ts'
import { dueJob, mailHandlers, mailJob } from '#modules/dashboards/server/mail/mail-jobs.ts'
import { mailKeeper } from '#modules/dashboards/server/mail/mail-keeper.ts'
import { openDrawings } from '#modules/dashboards/server/mail/open-drawings.ts'
import { getBoard, listBoards } from '#modules/dashboards/server/read-boards.ts'
import { listTemplates, useTemplate } from '#modules/dashboards/server/templates/use-template.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'
import { createOpenRate } from '#platform/http/open-rate.ts'
import type { EventHandler } from '#platform/jobs/subscriptions.ts'
import type { JobKind } from '#platform/jobs/worker.ts'
import type { PersonalDataKeeper } from '#slots/personal-data.ts'

/** Boards that show a saved analysis, so that it tells where it is used. */
export { boardsOfAnalyses } from '#modules/dashboards/server/analysis-users.ts'
/** Boards whose people filter names a segment, so that its page tells of them. */
export { boardsOfSegments } from '#modules/dashboards/server/segment-users.ts'

export type Dashboards = {
  routes: ServedRoute[]
  jobKinds: JobKind[]
  handlers: EventHandler[]
  keeper: PersonalDataKeeper
}

/** The module, opened once by the composition root. */
export function openDashboards(given: DashboardsDeps): Dashboards {
  const deps = {
    ...given,
    signer: createLinkSigner(given.instanceKey),
    rate: createOpenRate(given.clock, tooOften),
    kept: keepAnswers(given.clock),
    drawings: openDrawings(),
  }
  return {
    jobKinds: [mailJob(deps), dueJob(deps)],
    handlers: mailHandlers(deps),
    keeper: mailKeeper(deps),
    routes: implement(routes, {
      list: ({ ctx, query }) => listBoards(deps, ctx, query),
      get: ({ ctx, params }) => getBoard(deps, ctx, params.id),
      create: ({ ctx, body }) => createBoard(deps, ctx, body),
      update: ({ ctx, params, body }) => changeBoard(deps, ctx, params.id, body),
      addTile: ({ ctx, params, body }) => addTile(deps, ctx, params.id, body),
      copy: ({ ctx, params, body }) => copyBoard(deps, ctx, params.id, body.name),
      remove: ({ ctx, params }) => removeBoard(deps, ctx, params.id),
      restore: ({ ctx, params }) => restoreBoard(deps, ctx, params.id),
      setFavourite: ({ ctx, params, body }) => setFavourite(deps, ctx, params.id, body.favourite),
      templates: ({ ctx }) => listTemplates(deps, ctx),
      useTemplate: ({ ctx, params, body }) => useTemplate(deps, ctx, params.key, body),
      listLinks: ({ ctx, query }) => listLinks(deps, ctx, query),
      createLink: ({ ctx, params, body }) => createLink(deps, ctx, params.id, body),
      revokeLink: ({ ctx, params }) => revokeLink(deps, ctx, params.id),
      listMails: ({ ctx, params }) => listMails(deps, ctx, params.id),
      createMail: ({ ctx, params, body }) => createMail(deps, ctx, params.id, body),
      changeMail: ({ ctx, params, body }) => changeMail(deps, ctx, params.id, body),
      pauseMail: ({ ctx, params, body }) => pauseMail(deps, ctx, params.id, body.paused),
      removeMail: ({ ctx, params }) => removeMail(deps, ctx, params.id),
      readLeaving: ({ ctx, params, request }) => readLeaving(deps, { ctx, request }, params.token),
      leaveMail: ({ ctx, params, body, request }) =>
        leaveMail(deps, { ctx, request }, params.token, body.again),
      sendMail: ({ ctx, params }) => sendNow(deps, ctx, params.id),
      openLink: ({ ctx, body, request, reply }) => openLink(deps, { ctx, request, reply }, body),
      askLink: ({ ctx, body, request, reply }) => askLink(deps, { ctx, request, reply }, body),
    }),
  }
}
