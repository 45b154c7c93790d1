import { useDisplay } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { problemWords } from '#ui/problem-words.ts'
import { TimeText } from '#ui/TimeText.tsx'
import type { Source, SourceRun } from '../../source-contract.ts'
import { draftOfSchedule } from './schedule-choice.ts'
import { sourceWords } from './source-words.ts'

export function ScheduleText({ schedule }: Pick<Source, 'schedule'>) {
  const t = useWords(sourceWords)
  const draft = draftOfSchedule(schedule)
  if (draft.every === 'file') return <>{t('textFile')}</>
  if (draft.every === 'minutes') return <>{t('textMinutes', { count: draft.minutes })}</>
  if (draft.every === 'hourly') return <>{t('textHourly')}</>
  if (draft.every === 'daily') return <>{t('textDaily', { at: draft.at })}</>
  return <>{t('textCron', { cron: draft.cron })}</>
}

export function PlaceText({ place }: Pick<Source, 'place'>) {
  const t = useWords(sourceWords)
  const detail =
    place.kind === 'database' ? place.cursor : `${place.kind === 's3' ? place.prefix : ''}${place.glob}`
  return (
    <>
      {t(`kind.${place.kind}`)} <span className="hw-muted hw-mono">{detail}</span>
    </>
  )
}

const style: Record<SourceRun['state'], string> = {
  running: 'river',
  done: 'success',
  failed: 'danger',
  cancelled: 'warning',
}

export function RunPill({ state }: Pick<SourceRun, 'state'>) {
  const t = useWords(sourceWords)
  return (
    <span className={`hw-pill hw-pill-${style[state]}`}>
      <span className="hw-dot" />
      {t(`state.${state}`)}
    </span>
  )
}

/** What a run brought, or why it did not. */
export function RunResult({ run }: { run: SourceRun }) {
  const t = useWords(sourceWords)
  const { created, updated, skipped, failed } = run
  return (
    <span className="source-result">
      {run.files > 0 ? (
        <span>{`${t('files', { count: run.files })} · ${t('rows', { count: run.rows })} · ${t('counts', { created, updated, skipped, failed })}`}</span>
      ) : (
        !run.error && <span>{t('nothingNew')}</span>
      )}
      {run.error && (
        <span className="hw-danger source-fault">
          {run.error.file ? `${run.error.file}: ` : ''}
          <FaultText code={run.error.code} message={run.error.message} />
        </span>
      )}
    </span>
  )
}

/** In the reader's words; what a place said itself stays in its own. */
export function FaultText({ code, message }: { code: string; message: string }) {
  const { language } = useDisplay()
  const words: Record<string, string> = problemWords[language]
  const known = words[code]
  return <>{known === undefined || known.includes('{{') ? message : known}</>
}

export function NextText({ source }: { source: Source }) {
  const t = useWords(sourceWords)
  if (source.paused) return <span className="hw-pill hw-pill-warning">{t('paused')}</span>
  if (source.schedule.every === 'file') return null
  return <TimeText value={source.nextAt} />
}
