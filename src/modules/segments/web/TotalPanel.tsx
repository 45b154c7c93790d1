import { Link } from '@tanstack/react-router'
import { Input, Tooltip } from 'antd'
import { useDisplay, useIsNarrow } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { Stamp } from '#ui/Stamp.tsx'
import type { RulePreview } from '#web/use-rule-preview.ts'
import type { Segment } from '../contract.ts'
import { InAndOut } from './SegmentCells.tsx'
import { SizeChart } from './SizeChart.tsx'
import { segmentWords } from './segment-words.ts'
import { useSettled } from './use-settled.ts'
import { PeopleDifference } from './versions/PeopleDifference.tsx'
import { versionWords } from './versions/version-words.ts'

/** The answer: how many, which part of everybody, and what saving would change. */
export function TotalPanel({
  preview,
  segment,
  changed,
  ruleChanged,
  note,
  onNote,
}: {
  preview: RulePreview
  segment: Segment | undefined
  changed: boolean
  ruleChanged: boolean
  /** What whoever saves says about the new version. */
  note: string
  onNote: (note: string) => void
}) {
  const t = useWords(segmentWords)
  const v = useWords(versionWords)
  const { language } = useDisplay()
  const narrow = useIsNarrow()
  const { detail, counting, error, countedAt, retry } = preview
  const after = useSettled(preview.part.rule)
  const share = detail && detail.everyone > 0 ? detail.count / detail.everyone : 0
  return (
    <section className="hw-panel segment-total" aria-labelledby="segment-total">
      <h2 id="segment-total" className="hw-fine">
        {t('total')}
      </h2>
      <p
        className={`segment-total-number hw-number${counting ? ' segment-stale' : ''}`}
        aria-live="polite"
        aria-busy={counting}
      >
        {detail ? exactNumber(detail.count, language) : '–'}
      </p>
      <div className="segment-share" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </div>
      {detail && (
        <p className="hw-fine">
          {t('ofEveryone', {
            share: percent(share, language),
            everyone: exactNumber(detail.everyone, language),
          })}
        </p>
      )}
      {segment && ruleChanged && (
        <div className="segment-before-save">
          <span className="hw-fine">{v('beforeSave')}</span>
          <PeopleDifference before={{ segment: segment.id }} after={after} />
          <Input
            size="small"
            aria-label={v('note')}
            placeholder={v('notePlaceholder')}
            maxLength={500}
            value={note}
            onChange={(event) => onNote(event.target.value)}
          />
        </div>
      )}
      {segment && !changed && (
        <div className="hw-bar segment-total-change">
          <span className="hw-fine">{t('change')}</span>
          <InAndOut segment={segment} />
        </div>
      )}
      {error !== undefined && <ErrorState error={error} retry={retry} compact />}
      {segment && !narrow && <SizeChart segment={segment} />}
      <Stamp updatedAt={countedAt} exact={detail ? true : undefined} tookMs={detail?.tookMs} />
      {segment && (
        <Tooltip title={`GET /api/segments/${segment.id}/members`}>
          <Link to="/people" search={{ rule: { segment: segment.id } }}>
            {t('members')}
          </Link>
        </Tooltip>
      )}
    </section>
  )
}
