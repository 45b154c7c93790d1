import { Input, InputNumber, Radio } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { SourcePlace } from '../../source-contract.ts'
import { everyChoices, type ScheduleDraft } from './schedule-choice.ts'
import { sourceWords } from './source-words.ts'

type Props = {
  kind: SourcePlace['kind']
  draft: ScheduleDraft
  onChange: (draft: ScheduleDraft) => void
}

export function ScheduleFields({ kind, draft, onChange }: Props) {
  const t = useWords(sourceWords)
  const choices = everyChoices.filter((every) => every !== 'file' || kind === 'folder')
  const set = (change: Partial<ScheduleDraft>) => onChange({ ...draft, ...change })
  return (
    <>
      <div className="hw-field">
        <span>{t('scheduleLabel')}</span>
        <Radio.Group
          className="source-every"
          aria-label={t('scheduleLabel')}
          value={draft.every}
          options={choices.map((every) => ({ value: every, label: t(`every.${every}`) }))}
          onChange={({ target }) => set({ every: target.value as ScheduleDraft['every'] })}
        />
      </div>
      {draft.every === 'minutes' && (
        <div className="hw-field">
          <span>{t('minutes')}</span>
          <InputNumber
            aria-label={t('minutes')}
            min={1}
            max={10_080}
            precision={0}
            value={draft.minutes}
            onChange={(minutes) => set({ minutes: minutes ?? 30 })}
          />
        </div>
      )}
      {draft.every === 'daily' && (
        <div className="hw-field">
          <span>{t('at')}</span>
          <Input
            type="time"
            className="source-time"
            aria-label={t('at')}
            value={draft.at}
            onChange={({ target }) => set({ at: target.value === '' ? '03:00' : target.value })}
          />
        </div>
      )}
      {draft.every === 'cron' && (
        <div className="hw-field">
          <span>{t('cron')}</span>
          <Input
            className="hw-mono source-cron"
            aria-label={t('cron')}
            value={draft.cron}
            onChange={({ target }) => set({ cron: target.value })}
          />
          <span className="hw-fine source-block">{t('cronHint')}</span>
        </div>
      )}
    </>
  )
}
