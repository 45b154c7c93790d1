import { Tooltip } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { NumberText } from '#ui/NumberText.tsx'
import { Sparkline } from '#ui/Sparkline.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import type { SourceHealth } from '../contract.ts'
import { healthWords } from './health-words.ts'
import { MuteMenu } from './MuteMenu.tsx'

const pills = {
  silent: 'hw-pill hw-pill-danger',
  drop: 'hw-pill hw-pill-danger',
  surge: 'hw-pill hw-pill-warning',
  normal: 'hw-pill hw-pill-success',
  learning: 'hw-pill',
  sparse: 'hw-pill',
  unused: 'hw-pill',
} as const

export function StatePill({ state }: { state: SourceHealth['state'] }) {
  const t = useWords(healthWords)
  const pill = <span className={pills[state]}>{t(`state_${state}`)}</span>
  if (state !== 'learning' && state !== 'sparse' && state !== 'unused') return pill
  return <Tooltip title={t(`hint_${state}`)}>{pill}</Tooltip>
}

/** One line a source on a desk, a card on a phone. */
export function SourceTable({ items, onOpen }: { items: SourceHealth[]; onOpen: (series: string) => void }) {
  const t = useWords(healthWords)
  return (
    <div className="health-scroll">
      <table className="health-table">
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col">{t('lastEvent')}</th>
            <th scope="col" className="health-number">
              {t('lastHour')}
            </th>
            <th scope="col">{t('trend')}</th>
            <th scope="col" className="health-number">
              {t('day')}
            </th>
            <th scope="col" className="health-number">
              {t('refused')}
            </th>
            <th scope="col" className="health-number">
              {t('violations')}
            </th>
            <th scope="col" aria-label={t('mute')} />
          </tr>
        </thead>
        <tbody>
          {items.map((source) => (
            <SourceRow key={source.id} source={source} onOpen={() => onOpen(`source:${source.id}`)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function SourceRow({ source, onOpen }: { source: SourceHealth; onOpen: () => void }) {
  const t = useWords(healthWords)
  const { day, name } = source
  const all = day.stored + day.duplicate + day.conflict + day.rejected
  return (
    <tr>
      <th scope="row">
        <button type="button" className="health-name" aria-label={t('showSeries', { name })} onClick={onOpen}>
          {name}
        </button>
      </th>
      <td data-label={t('state')}>
        <StatePill state={source.state} /> {source.muted && <span className="hw-pill">{t('muted')}</span>}
      </td>
      <td data-label={t('lastEvent')}>
        {source.lastEventAt ? (
          <TimeText value={source.lastEventAt} />
        ) : (
          <span className="hw-muted">{t('never')}</span>
        )}
      </td>
      <td data-label={t('lastHour')} className="health-number">
        <NumberText value={source.lastHour} />
        {source.usual !== null && (
          <span className="hw-fine health-usual">{t('usual', { count: Math.round(source.usual) })}</span>
        )}
      </td>
      <td data-label={t('trend')}>
        <Sparkline values={source.hours} label={t('trendLabel', { name })} />
      </td>
      <td data-label={t('day')} className="health-number">
        <NumberText value={day.stored} />
      </td>
      <td data-label={t('refused')} className="health-number">
        <Share part={day.rejected} of={all} />
      </td>
      <td data-label={t('violations')} className="health-number">
        <Share part={day.violations} of={all} />
      </td>
      <td className="health-act">
        <MuteMenu series={`source:${source.id}`} name={name} muted={source.muted} />
      </td>
    </tr>
  )
}

/** A count with its share; nothing is a dash. */
function Share({ part, of }: { part: number; of: number }) {
  if (part === 0) return <span className="hw-muted">–</span>
  const percent = of > 0 ? (part / of) * 100 : 100
  return (
    <>
      <NumberText value={part} />
      <span className="hw-fine health-usual">
        {percent < 10 ? percent.toFixed(1) : Math.round(percent)} %
      </span>
    </>
  )
}
