import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useChange } from '#web/use-route.ts'
import type { BoardMail } from '../../contract/mails.ts'
import { routes } from '../../contract.ts'
import { mailWords } from './mail-words.ts'

/** What can be done with a scheduled mail; a failure is said, and what was removed can be brought back by its maker. */
export function useMailActs(board: string, mail: BoardMail) {
  const t = useWords(mailWords)
  const toast = useToast()
  const refresh = [routes.listMails]
  const send = useChange(routes.sendMail, refresh)
  const pause = useChange(routes.pauseMail, refresh)
  const remove = useChange(routes.removeMail, refresh)
  const create = useChange(routes.createMail, refresh)
  const params = { id: mail.id }
  const said = async (work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (error) {
      toast.failed(error)
    }
  }
  const bringBack = () => {
    const { members, addresses, every, day, time, formats, language, filters } = mail
    const body = {
      members: members.map(({ id }) => id),
      addresses,
      every,
      day,
      time,
      formats,
      language,
      filters,
    }
    return create.mutateAsync({ params: { id: board }, body })
  }
  return {
    isSending: send.isPending,
    isPausing: pause.isPending,
    isRemoving: remove.isPending,
    send: () =>
      void said(async () => {
        await send.mutateAsync({ params })
        toast.done(t('sending'))
      }),
    pause: () => void said(() => pause.mutateAsync({ params, body: { paused: mail.paused === null } })),
    remove: () =>
      void said(async () => {
        await remove.mutateAsync({ params })
        if (mail.mine) toast.undo(t('removed'), bringBack)
        else toast.done(t('removed'))
      }),
  }
}
