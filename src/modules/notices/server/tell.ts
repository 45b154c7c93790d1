import { isNoticeType, noticeTypes } from '#modules/notices/notice-types.ts'
import type { NoticeDeps } from '#modules/notices/server/notice-deps.ts'
import { insertNotices } from '#modules/notices/server/notice-store.ts'
import type { Notifier } from '#slots/notifier.ts'

/** What other modules tell through. */
export function createNotifier(deps: NoticeDeps): Notifier {
  return {
    tell: async (tx, workspace, { type, to, facts, href, key = '', except }) => {
      if (!isNoticeType(type)) throw new Error(`There is no notice of type ${type}.`)
      const found = 'member' in to ? [to.member] : await deps.membersWith(tx, workspace, to.permission)
      const members = found.filter((member) => member !== except)
      await insertNotices(tx, workspace, members, {
        type,
        level: noticeTypes[type],
        facts,
        href,
        key,
        now: deps.clock.now(),
      })
    },
  }
}
