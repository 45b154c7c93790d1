import { Button } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { Problem, problemText } from '#ui/problem.ts'
import { problemWords } from '#ui/problem-words.ts'
import { TimeText } from '#ui/TimeText.tsx'
import type { BoardMail, Mailing } from '../../contract/mails.ts'
import { mailWords } from './mail-words.ts'
import { useMailActs } from './use-mail-acts.ts'

type Props = { mail: BoardMail; board: string; canSend: boolean; onEdit: () => void }

/** One scheduled mail: to whom, when, how it went last, and what can be done with it. */
export function MailLine({ mail, board, canSend, onEdit }: Props) {
  const t = useWords(mailWords)
  const acts = useMailActs(board, mail)
  const { paused, last, nextAt } = mail
  const formats = mail.formats.map((one) => one.toUpperCase()).join(' + ')
  return (
    <li className="board-mail">
      <div className="board-mail-head">
        <strong>{useRhythm(mail)}</strong>
        {paused && (
          <span className={`hw-pill ${paused === 'by_hand' ? '' : 'hw-pill-warning'}`}>
            {t(`paused.${paused}`)}
          </span>
        )}
        {nextAt && (
          <span className="hw-fine">
            {t('next')} <TimeText value={nextAt} as="minute" />
          </span>
        )}
      </div>
      <p className="board-mail-to">{useReceivers(mail)}</p>
      {mail.left.length > 0 && (
        <p className="hw-fine">
          {t('left', { names: mail.left.map(({ receiver }) => receiver).join(t('comma')) })}
        </p>
      )}
      <p className="hw-fine">
        {formats || t('numbersOnly')}
        {!mail.mine && ` · ${t('by', { name: mail.maker })}`}
      </p>
      {paused && paused !== 'by_hand' && <p className="hw-fine">{t('pausedHint')}</p>}
      {last ? <LastResult last={last} /> : <p className="hw-fine">{t('never')}</p>}
      {!mail.mine && <p className="hw-fine">{t('onlyMaker')}</p>}
      <div className="hw-bar board-mail-acts">
        {mail.mine && (
          <>
            <Button
              size="small"
              disabled={!canSend || last?.state === 'running'}
              loading={acts.isSending}
              onClick={acts.send}
            >
              {t('sendNow')}
            </Button>
            <Button size="small" onClick={onEdit}>
              {t('edit')}
            </Button>
          </>
        )}
        {(paused === null || mail.mine) && (
          <Button size="small" loading={acts.isPausing} onClick={acts.pause}>
            {t(paused ? 'resume' : 'pause')}
          </Button>
        )}
        <Button size="small" type="text" danger loading={acts.isRemoving} onClick={acts.remove}>
          {t('remove')}
        </Button>
      </div>
    </li>
  )
}

function useRhythm({ every, day, time }: BoardMail): string {
  const t = useWords(mailWords)
  return t(`said.${every}`, {
    ...{ time, day },
    weekday: t(`weekday.${Math.min(day, 7) as 1}`),
  })
}

function useReceivers({ members, addresses }: BoardMail): string {
  const t = useWords(mailWords)
  const all = [...members.map(({ name }) => name), ...addresses]
  const shown = 3
  if (all.length <= shown) return all.join(t('comma'))
  return t('receivers', { first: all.slice(0, shown).join(t('comma')), count: all.length })
}

const colour = {
  running: 'hw-pill-river',
  sent: 'hw-pill-success',
  partly: 'hw-pill-warning',
  failed: 'hw-pill-danger',
  cancelled: '',
} as const

function LastResult({ last }: { last: Mailing }) {
  const t = useWords(mailWords)
  const p = useWords(problemWords)
  const { state, code } = last
  const own = (said: string) =>
    said === 'member_disabled' ? t('memberDisabled') : said === 'receiver_left' ? t('receiverLeft') : said
  const why = code && code !== 'drawing.no_chromium' && state === 'failed'
  return (
    <div className="board-mail-last" role="status">
      <span className="hw-fine">
        {t('last')} <TimeText value={last.finishedAt ?? last.startedAt} as="minute" />
      </span>{' '}
      <span className={`hw-pill ${colour[state]}`}>
        {t(`state.${state}`, { count: last.sent, refused: last.refused.length })}
      </span>
      {why && last.refused.length === 0 && (
        <p className="hw-fine">{problemText(new Problem(0, code, ''), p)}</p>
      )}
      {last.refused.map(({ receiver, said }) => (
        <p key={receiver} className="hw-fine">
          {t('refusedLine', { receiver, said: own(said) })}
        </p>
      ))}
      {last.maybeTwice > 0 && <p className="hw-fine">{t('maybeTwice', { count: last.maybeTwice })}</p>}
      {code === 'drawing.no_chromium' && <p className="hw-fine">{t('withoutPicture')}</p>}
    </div>
  )
}
