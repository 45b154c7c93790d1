import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { DoorFrame } from '#modules/access/web/door/DoorFrame.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { Problem, problemText } from '#ui/problem.ts'
import { problemWords } from '#ui/problem-words.ts'
import { callRoute } from '#web/api-client.ts'
import type { MailLeaving } from '../../contract/mails.ts'
import { routes } from '../../contract.ts'
import { leaveRoute } from '../pages.tsx'
import { mailWords } from './mail-words.ts'

/** What the link in a scheduled mail opens: whoever got it takes themselves off, or comes back. */
export function LeavePage() {
  const t = useWords(mailWords)
  const p = useWords(problemWords)
  const { token } = leaveRoute.useParams()
  const read = useQuery({
    queryKey: ['mail-leaving', token],
    queryFn: ({ signal }) => callRoute(routes.readLeaving, { params: { token } }, signal),
    refetchOnWindowFocus: false,
    retry: false,
  })
  const { error, data } = read
  if (error instanceof Problem && error.status === 404)
    return (
      <DoorFrame title={t('leave.gone')} purpose={problemText(error, p)}>
        {null}
      </DoorFrame>
    )
  if (error)
    return (
      <DoorFrame title={t('leave.title')}>
        <ErrorState error={error} retry={() => void read.refetch()} />
      </DoorFrame>
    )
  if (!data)
    return (
      <DoorFrame title={t('leave.title')}>
        <Skeleton active paragraph={{ rows: 3 }} />
      </DoorFrame>
    )
  return <Leaving token={token} mail={data} />
}

function Leaving({ token, mail }: { token: string; mail: MailLeaving }) {
  const t = useWords(mailWords)
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const change = async (again: boolean) => {
    setBusy(true)
    setFailure(undefined)
    try {
      const now = await callRoute(routes.leaveMail, { params: { token }, body: { again } })
      client.setQueryData(['mail-leaving', token], now)
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const said = { board: mail.board, workspace: mail.workspace, receiver: mail.receiver }
  return (
    <DoorFrame
      title={t(mail.gets ? 'leave.title' : 'leave.done')}
      purpose={t(mail.gets ? 'leave.text' : 'leave.doneText', said)}
    >
      {failure !== undefined && <ErrorState error={failure} compact />}
      <Button
        type={mail.gets ? 'primary' : 'default'}
        block
        size="large"
        loading={busy}
        onClick={() => void change(!mail.gets)}
      >
        {t(mail.gets ? 'leave.act' : 'leave.again')}
      </Button>
    </DoorFrame>
  )
}
