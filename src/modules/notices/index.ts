import { routes } from '#modules/notices/contract.ts'
import { jobHandler } from '#modules/notices/server/ended-jobs.ts'
import { joinedHandler } from '#modules/notices/server/joined-members.ts'
import type { NoticeDeps } from '#modules/notices/server/notice-deps.ts'
import { forgetNotices } from '#modules/notices/server/notice-store.ts'
import {
  countMyNotices,
  listMyNotices,
  listSwitches,
  markMyNotices,
  switchNotices,
} from '#modules/notices/server/read-notices.ts'
import { createNotifier } from '#modules/notices/server/tell.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'
import type { EventHandler } from '#platform/jobs/subscriptions.ts'
import type { Log } from '#platform/log.ts'
import type { Notifier } from '#slots/notifier.ts'

export type Notices = {
  routes: ServedRoute[]
  /** The slot through which modules tell members. */
  notifier: Notifier
  handlers: EventHandler[]
  /** Old notices are forgotten from now on. */
  start(): void
  stop(): Promise<void>
}

const keptMs = 90 * 24 * 3_600_000
const forgetEveryMs = 3_600_000
const mostAtOnce = 10_000

/** The module, opened once by the composition root. */
export function openNotices(deps: NoticeDeps & { log: Log }): Notices {
  const notifier = createNotifier(deps)
  let timer: ReturnType<typeof setInterval> | undefined
  let running: Promise<unknown> = Promise.resolve()
  const forget = () => {
    running = deps.database
      .system((tx) => forgetNotices(tx, deps.clock.now() - keptMs, mostAtOnce))
      .catch((error: unknown) => deps.log.error({ err: error }, 'forgetting old notices failed'))
  }
  return {
    notifier,
    handlers: [jobHandler(deps, notifier), joinedHandler(deps, notifier)],
    routes: implement(routes, {
      list: ({ ctx, query }) => listMyNotices(deps, ctx, query),
      count: ({ ctx }) => countMyNotices(deps, ctx),
      markRead: ({ ctx, body }) => markMyNotices(deps, ctx, body.ids),
      switches: ({ ctx }) => listSwitches(deps, ctx),
      switchType: ({ ctx, params, body }) => switchNotices(deps, ctx, params.type, body.on),
    }),
    start: () => {
      forget()
      timer = setInterval(forget, forgetEveryMs)
    },
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}
